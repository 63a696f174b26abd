package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// answer is the one to a look of a real wait, since its task began.
type answer struct {
	AtMs     float64 `json:"atMs"`
	HasEnded bool    `json:"hasEnded"`
}

type waited struct {
	Seconds        float64 `json:"seconds"`
	LatencySeconds float64 `json:"latencySeconds"`
	Requests       int     `json:"requests"`
}

// TestOnVirtualClock reads from stdin what to wait for and prints how each wait went. A look is answered as the one that
// it repeats, if both are due together: bench/waits/answers.ts does the same.
func TestOnVirtualClock(t *testing.T) {
	log.SetOutput(io.Discard)
	var order struct {
		Intervals Intervals `json:"intervals"`
		Tasks     []struct {
			Seconds float64  `json:"seconds"`
			Answers []answer `json:"answers"`
		} `json:"tasks"`
		ToleranceMs float64 `json:"toleranceMs"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&order); err != nil {
		t.Fatal("the bench runs this, and tells it what to wait for: ", err)
	}
	all := make([]waited, len(order.Tasks))
	for i, task := range order.Tasks {
		looks := 0
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			err := wait(order.Intervals, func() bool {
				looks++
				nowMs := time.Since(start).Seconds() * 1000
				if looks <= len(task.Answers) {
					repeated := task.Answers[looks-1]
					if math.Abs(repeated.AtMs-nowMs) <= order.ToleranceMs {
						time.Sleep(seconds((repeated.AtMs - nowMs) / 1000))
						return repeated.HasEnded
					}
				}
				return time.Since(start) >= seconds(task.Seconds)
			})
			if err != nil {
				t.Fatal(err)
			}
			all[i] = waited{task.Seconds, time.Since(start).Seconds() - task.Seconds, looks}
		})
	}
	line, _ := json.Marshal(all)
	fmt.Println(string(line))
}

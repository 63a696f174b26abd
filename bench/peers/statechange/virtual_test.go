package main

import (
	"encoding/json"
	"io"
	"log"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

// How a look of a real wait went, in milliseconds: how late it was, how long its way to the service took, and the way back.
type lookDelays struct {
	LateMs float64 `json:"lateMs"`
	OutMs  float64 `json:"outMs"`
	BackMs float64 `json:"backMs"`
}

type waited struct {
	LatencySeconds float64 `json:"latencySeconds"`
	Requests       int     `json:"requests"`
	Seconds        float64 `json:"seconds"`
}

// TestOnVirtualClock reads { intervals, seconds, looks } from the file that BENCH_ORDER names and writes how each wait
// went to the one that BENCH_REPORT names. A wait repeats its looks, if it has any.
func TestOnVirtualClock(t *testing.T) {
	log.SetOutput(io.Discard)
	text, err := os.ReadFile(os.Getenv("BENCH_ORDER"))
	if err != nil {
		t.Fatal("this is run by the bench, which sets BENCH_ORDER: ", err)
	}
	var order struct {
		Intervals Intervals      `json:"intervals"`
		Seconds   []float64      `json:"seconds"`
		Looks     [][]lookDelays `json:"looks"`
	}
	if err := json.Unmarshal(text, &order); err != nil {
		t.Fatal(err)
	}
	all := make([]waited, len(order.Seconds))
	for i, length := range order.Seconds {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			looks := 0
			requests, err := wait(order.Intervals, func() (bool, error) {
				var delays lookDelays
				if i < len(order.Looks) {
					delays = order.Looks[i][min(looks, len(order.Looks[i])-1)]
				}
				looks++
				time.Sleep(seconds((delays.LateMs + delays.OutMs) / 1000))
				ended := time.Since(start) >= seconds(length)
				time.Sleep(seconds(delays.BackMs / 1000))
				return ended, nil
			})
			if err != nil {
				t.Fatal(err)
			}
			all[i] = waited{time.Since(start).Seconds() - length, requests, length}
		})
	}
	written, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("BENCH_REPORT"), written, 0o600); err != nil {
		t.Fatal(err)
	}
}

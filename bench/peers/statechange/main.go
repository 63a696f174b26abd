// Runs terraform-plugin-sdk's StateChangeConf for the bench: in real time (this program) and on a virtual clock (the
// test). What it is told and what it tells is JSON.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/hashicorp/terraform-plugin-sdk/v2/helper/retry"
)

// Intervals are the settings of StateChangeConf that decide when it looks.
type Intervals struct {
	DelaySeconds        float64 `json:"delaySeconds"`
	PollIntervalSeconds float64 `json:"pollIntervalSeconds"`
	MinTimeoutSeconds   float64 `json:"minTimeoutSeconds"`
}

func seconds(s float64) time.Duration {
	return time.Duration(s * float64(time.Second))
}

// wait looks until hasEnded says so.
func wait(intervals Intervals, hasEnded func() bool) error {
	conf := retry.StateChangeConf{
		Delay:        seconds(intervals.DelaySeconds),
		PollInterval: seconds(intervals.PollIntervalSeconds),
		MinTimeout:   seconds(intervals.MinTimeoutSeconds),
		Timeout:      24 * time.Hour,
		Pending:      []string{"EXECUTING"},
		Target:       []string{"SUCCESS"},
		Refresh: func() (any, string, error) {
			if hasEnded() {
				return struct{}{}, "SUCCESS", nil
			}
			return struct{}{}, "EXECUTING", nil
		},
	}
	_, err := conf.WaitForStateContext(context.Background())
	return err
}

// order begins a wait, or answers its look.
type order struct {
	ID        int        `json:"id"`
	Intervals *Intervals `json:"intervals"`
	HasEnded  bool       `json:"hasEnded"`
}

// report is that a wait looks, or how it has ended.
type report struct {
	ID    int    `json:"id"`
	Looks bool   `json:"looks"`
	Error string `json:"error,omitempty"`
}

func (r report) print() {
	line, _ := json.Marshal(r)
	fmt.Println(string(line))
}

// Each line of stdin is an order, each line of stdout a report.
func main() {
	log.SetOutput(io.Discard)
	answers := map[int]chan bool{}
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		var o order
		if err := json.Unmarshal(orders.Bytes(), &o); err != nil {
			panic(err)
		}
		if o.Intervals == nil {
			answers[o.ID] <- o.HasEnded
			continue
		}
		answer := make(chan bool)
		answers[o.ID] = answer
		go func() {
			end := report{ID: o.ID}
			err := wait(*o.Intervals, func() bool {
				report{ID: o.ID, Looks: true}.print()
				return <-answer
			})
			if err != nil {
				end.Error = err.Error()
			}
			end.print()
		}()
	}
}

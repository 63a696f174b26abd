// Runs terraform-plugin-sdk's StateChangeConf for the bench: in real time (this program) and on a virtual clock (the
// test). What it is told and what it tells are lines of JSON.
package main

import (
	"context"
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

// wait looks until hasEnded says so, and tells how often it looked.
func wait(intervals Intervals, hasEnded func() (bool, error)) (requests int, err error) {
	conf := retry.StateChangeConf{
		Delay:        seconds(intervals.DelaySeconds),
		PollInterval: seconds(intervals.PollIntervalSeconds),
		MinTimeout:   seconds(intervals.MinTimeoutSeconds),
		Timeout:      24 * time.Hour,
		Pending:      []string{"EXECUTING"},
		Target:       []string{"SUCCESS"},
		Refresh: func() (any, string, error) {
			requests++
			ended, err := hasEnded()
			if ended {
				return struct{}{}, "SUCCESS", err
			}
			return struct{}{}, "EXECUTING", err
		},
	}
	_, err = conf.WaitForStateContext(context.Background())
	return requests, err
}

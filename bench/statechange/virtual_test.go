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

type waited struct {
	LatencySeconds float64 `json:"latencySeconds"`
	Requests       int     `json:"requests"`
	Seconds        float64 `json:"seconds"`
}

// TestOnVirtualClock reads { intervals, seconds, tripSeconds } from the file that BENCH_ORDER names and writes how each
// wait went to the one that BENCH_REPORT names.
func TestOnVirtualClock(t *testing.T) {
	log.SetOutput(io.Discard)
	text, err := os.ReadFile(os.Getenv("BENCH_ORDER"))
	if err != nil {
		t.Fatal("this is run by the bench, which sets BENCH_ORDER: ", err)
	}
	var order struct {
		Intervals   Intervals `json:"intervals"`
		Seconds     []float64 `json:"seconds"`
		TripSeconds float64   `json:"tripSeconds"`
	}
	if err := json.Unmarshal(text, &order); err != nil {
		t.Fatal(err)
	}
	all := make([]waited, len(order.Seconds))
	for i, length := range order.Seconds {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			requests, err := wait(order.Intervals, func() (bool, error) {
				time.Sleep(seconds(order.TripSeconds / 2))
				ended := time.Since(start) >= seconds(length)
				time.Sleep(seconds(order.TripSeconds / 2))
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

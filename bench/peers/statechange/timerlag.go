package main

import (
	"slices"
	"sync"
	"time"
)

// timerLag knows by how much timers are late while the waits run.
type timerLag struct {
	mutex sync.Mutex
	lags  []time.Duration
}

func startTimerLag() *timerLag {
	t := &timerLag{}
	t.measure()
	go func() {
		for {
			t.measure()
		}
	}()
	return t
}

func (t *timerLag) measure() {
	const length = 50 * time.Millisecond
	start := time.Now()
	time.Sleep(length)
	lag := time.Since(start) - length
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.lags = append(t.lags, lag)
}

func (t *timerLag) medianMs() float64 {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	sorted := slices.Sorted(slices.Values(t.lags))
	return sorted[len(sorted)/2].Seconds() * 1000
}

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"time"
)

type order struct {
	ID        int       `json:"id"`
	URL       string    `json:"url"`
	Token     string    `json:"token"`
	Intervals Intervals `json:"intervals"`
}

// Times in milliseconds since 1970.
type report struct {
	ID      int     `json:"id"`
	BeganMs float64 `json:"beganMs"`
	Looks   []look  `json:"looks"`
	LagMs   float64 `json:"lagMs"`
	Error   string  `json:"error,omitempty"`
}

type look struct {
	SentMs    float64 `json:"sentMs"`
	RepliedMs float64 `json:"repliedMs"`
}

func epochMs() float64 {
	return float64(time.Now().UnixMicro()) / 1000
}

// Each line of stdin is a wait to begin; each line of stdout, one that has ended.
func main() {
	log.SetOutput(io.Discard)
	lag := startTimerLag()
	var running sync.WaitGroup
	var printing sync.Mutex
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		var o order
		if err := json.Unmarshal(orders.Bytes(), &o); err != nil {
			panic(err)
		}
		running.Go(func() {
			r := report{ID: o.ID, BeganMs: epochMs()}
			_, err := wait(o.Intervals, func() (bool, error) {
				sentMs := epochMs()
				ended, err := hasEnded(o)
				r.Looks = append(r.Looks, look{sentMs, epochMs()})
				return ended, err
			})
			r.LagMs = lag.medianMs()
			if err != nil {
				r.Error = err.Error()
			}
			line, _ := json.Marshal(r)
			printing.Lock()
			defer printing.Unlock()
			fmt.Println(string(line))
		})
	}
	running.Wait()
}

func hasEnded(o order) (bool, error) {
	request, err := http.NewRequest(http.MethodGet, o.URL, nil)
	if err != nil {
		return false, err
	}
	request.Header.Set("X-Auth-Token", o.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return false, err
	}
	if response.StatusCode != http.StatusOK {
		return false, fmt.Errorf("HTTP %d: %s", response.StatusCode, body)
	}
	return bytes.Contains(body, []byte(`"SUCCESS"`)), nil
}

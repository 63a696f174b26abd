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
)

type order struct {
	ID        int       `json:"id"`
	URL       string    `json:"url"`
	Token     string    `json:"token"`
	Intervals Intervals `json:"intervals"`
}

type report struct {
	ID       int    `json:"id"`
	Requests int    `json:"requests"`
	Error    string `json:"error,omitempty"`
}

// Each line of stdin is a wait to begin; each line of stdout, one that has ended.
func main() {
	log.SetOutput(io.Discard)
	var running sync.WaitGroup
	var printing sync.Mutex
	orders := bufio.NewScanner(os.Stdin)
	for orders.Scan() {
		var o order
		if err := json.Unmarshal(orders.Bytes(), &o); err != nil {
			panic(err)
		}
		running.Go(func() {
			requests, err := wait(o.Intervals, func() (bool, error) { return hasEnded(o) })
			r := report{ID: o.ID, Requests: requests}
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

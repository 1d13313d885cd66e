package upgrade

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"os"
)

// recording is what a version of the library came to: the examples that it deployed.
type recording struct {
	Version string `json:"version"` // its name, a tag or a commit
	Commit  string `json:"commit"`  // in full
	Date    string `json:"date"`    // of the commit: 2026-11-26
	// Examples are all folders below examples/ that the version had.
	Examples []string `json:"examples"`
	// Deployments are what was deployed, by name.
	Deployments map[string]deployed `json:"deployments"`
}

// deployed is a deployment after it.
type deployed struct {
	// Azure is the simulated Azure, as azuresim.Cloud.Save writes it.
	Azure  json.RawMessage `json:"azure"`
	Stacks []deployedStack `json:"stacks"`
}

type deployedStack struct {
	Project string            `json:"project"`
	Config  map[string]string `json:"config"`
	// State is what simtest.Stack.Export wrote.
	State json.RawMessage `json:"state"`
}

func (r recording) write(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	zipped := gzip.NewWriter(f)
	return errors.Join(json.NewEncoder(zipped).Encode(r), zipped.Close(), f.Close())
}

func readRecording(path string) (recording, error) {
	f, err := os.Open(path)
	if err != nil {
		return recording{}, err
	}
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return recording{}, errors.Join(err, f.Close())
	}
	var r recording
	return r, errors.Join(json.NewDecoder(unzipped).Decode(&r), f.Close())
}

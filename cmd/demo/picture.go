package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
)

// pictures are the files that aksid writes, by its command.
func (d demo) pictures() [][]string {
	folder := filepath.Dir(d.aksid)
	return [][]string{
		{"report", "-", "--format", "html", "--output", filepath.Join(folder, "demo.html")},
		{"graph", "-", "--format", "svg", "--output", filepath.Join(folder, "demo.svg")},
	}
}

// drawPictures lets aksid draw what is deployed now. Without aksid there is no picture.
func (a act) drawPictures(ctx context.Context) error {
	if a.aksid == "" {
		return nil
	}
	state, err := a.stack.Export(ctx)
	if err != nil {
		return fmt.Errorf("pulumi stack export: %w", err)
	}
	text, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return a.draw(ctx, text)
}

// draw gives aksid the state for each picture.
func (d demo) draw(ctx context.Context, state []byte) error {
	for _, args := range d.pictures() {
		command := exec.CommandContext(ctx, d.aksid, args...)
		command.Stdin = bytes.NewReader(state)
		if said, err := command.CombinedOutput(); err != nil {
			return fmt.Errorf("aksid %s: %w: %s", args[0], err, said)
		}
	}
	return nil
}

// tellPictures says what to open.
func (d demo) tellPictures() {
	if d.aksid == "" {
		return
	}
	d.heading("The picture: who may do what in the cluster of part 8, and why")
	for _, args := range d.pictures() {
		file := args[len(args)-1]
		if full, err := filepath.Abs(file); err == nil {
			file = full
		}
		_, _ = fmt.Fprintf(d.out, "\n  %s\n", file)
	}
	d.say("The first is a page to search, the second the picture alone. bin/aksid shows the same of any stack: docs/aksid.md.")
}

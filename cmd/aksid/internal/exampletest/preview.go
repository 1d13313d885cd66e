package exampletest

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/pulumi/pulumi/pkg/v3/backend/display"
	"github.com/pulumi/pulumi/pkg/v3/engine"

	"github.com/aksidentity/pulumi-aksidentity/azuresim/simtest"
)

// State is what pulumi stack export writes of the deployed stack.
func State(t testing.TB, s *simtest.Stack) []byte {
	t.Helper()
	if up := s.Up(); up.Err != nil {
		t.Fatal(up.Explain())
	}
	return s.Export()
}

// Preview is what pulumi preview --json --show-sames writes: it is made by the CLI's own code, which writes to the standard output, so
// tests that call it do not run in parallel.
func Preview(t testing.TB, s *simtest.Stack) []byte {
	t.Helper()
	result := s.Preview()
	if result.Err != nil {
		t.Fatal(result.Explain())
	}
	events, done := make(chan engine.Event), make(chan bool)
	go func() {
		defer close(events)
		for _, e := range result.Events {
			events <- e
		}
	}()
	file, err := os.Create(filepath.Join(t.TempDir(), "preview.json"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	stdout := os.Stdout
	os.Stdout = file
	go display.ShowPreviewDigest(events, done, display.Options{ShowSameResources: true})
	<-done
	os.Stdout = stdout
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

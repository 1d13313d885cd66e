package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/aksidentity/pulumi-aksidentity/cmd/aksid/internal/estate"
)

// input is where a command reads from: a file, the standard input, or the Pulumi CLI.
type input struct {
	program
	stack, folder, pulumi string
}

func (i *input) flags(c *cobra.Command) {
	c.Flags().StringVarP(&i.stack, "stack", "s", "", "the stack to ask Pulumi about, when no file is given; else the selected one")
	c.Flags().StringVarP(&i.folder, "cwd", "C", "", "the folder of the Pulumi program, when no file is given")
	c.Flags().StringVar(&i.pulumi, "pulumi", "pulumi", "the Pulumi CLI")
}

var (
	preview = []string{"preview", "--json", "--show-sames", "--non-interactive"}
	export  = []string{"stack", "export", "--non-interactive"}
)

// source is the text that a command reads. When the Pulumi CLI wrote it and ended with an error, failed is what it said.
type source struct {
	text   []byte
	failed string
}

// read gives the text of the file, of the standard input for -, or of what the Pulumi CLI says to the command about the stack that is
// given, or else selected. A preview that fails writes what it knows, and that is no error here.
func (i input) read(ctx context.Context, args []string, command []string) (source, error) {
	switch {
	case len(args) == 0:
		return i.ask(ctx, command)
	case i.stack != "":
		return source{}, errors.New("give either a file, or a stack for the Pulumi CLI")
	case args[0] == "-":
		text, err := io.ReadAll(i.stdin)
		return source{text: text}, err
	}
	text, err := os.ReadFile(args[0])
	switch {
	case err == nil && i.folder != "":
		return source{}, fmt.Errorf("%s is a file, and --cwd is for the Pulumi CLI; for the stack of that name give --stack", args[0])
	case errors.Is(err, fs.ErrNotExist) && stackName.MatchString(args[0]):
		i.stack = args[0]
		said, askErr := i.ask(ctx, command)
		if askErr != nil {
			askErr = fmt.Errorf("there is no file %s, and the stack of that name cannot be read: %w", args[0], askErr)
		}
		return said, askErr
	}
	return source{text: text}, err
}

// stackName is what a stack can be called, alone or with project and organization (Pulumi documentation, "Stacks", read 2026-11-26). What
// looks like a file in JSON is none.
var stackName = regexp.MustCompile(`^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){0,2}$`)

func (i input) ask(ctx context.Context, command []string) (source, error) {
	if i.stack != "" {
		command = append(append([]string{}, command...), "--stack", i.stack)
	}
	asked := exec.CommandContext(ctx, i.pulumi, command...)
	asked.Dir = i.folder
	asked.Env = append(os.Environ(), "PULUMI_ENABLE_STREAMING_JSON_PREVIEW=false") // one document, not one for each event
	// Pulumi ends its plugins when it is interrupted, and cannot when it is killed.
	asked.Cancel = func() error { return asked.Process.Signal(os.Interrupt) }
	asked.WaitDelay = 10 * time.Second
	var stdout, stderr bytes.Buffer
	asked.Stdout, asked.Stderr = &stdout, &stderr
	err := asked.Run()
	said := estate.Readable(stderr.String())
	if err == nil {
		return source{text: stdout.Bytes()}, nil
	}
	if errors.Is(err, exec.ErrNotFound) {
		return source{}, fmt.Errorf("there is no %s: install the Pulumi CLI, name it with --pulumi, or give a file", i.pulumi)
	}
	failed := strings.TrimSpace(fmt.Sprintf("%s %s: %v\n%s", i.pulumi, strings.Join(command, " "), err, said))
	if _, readErr := estate.ReadPreview(bytes.NewReader(stdout.Bytes())); readErr != nil {
		return source{}, errors.New(failed)
	}
	return source{text: stdout.Bytes(), failed: failed}, nil
}

// preview reads the text as a preview; that of a CLI that failed has an error at least.
func (s source) preview() (*estate.Preview, error) {
	p, err := estate.ReadPreview(bytes.NewReader(s.text))
	if err == nil && s.failed != "" {
		p.Fail(s.failed)
	}
	return p, err
}

// either reads the text as a preview or as a state, whichever it is.
func (s source) either() (*estate.Estate, *estate.Preview, error) {
	p, err := s.preview()
	if err == nil {
		return p.Estate, p, nil
	}
	e, stateErr := estate.ReadState(bytes.NewReader(s.text))
	return e, nil, stateErr
}

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

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

// read gives the text of the file, of the standard input for -, or of what the Pulumi CLI says to the command. A preview that fails
// writes its reasons to the text.
func (i input) read(ctx context.Context, args []string, command []string) ([]byte, error) {
	switch {
	case len(args) == 0:
		return i.ask(ctx, command)
	case i.stack != "" || i.folder != "":
		return nil, errors.New("give either a file, or --stack and --cwd for the Pulumi CLI")
	case args[0] == "-":
		return io.ReadAll(i.stdin)
	default:
		return os.ReadFile(args[0])
	}
}

func (i input) ask(ctx context.Context, command []string) ([]byte, error) {
	if i.stack != "" {
		command = append(append([]string{}, command...), "--stack", i.stack)
	}
	asked := exec.CommandContext(ctx, i.pulumi, command...)
	asked.Dir = i.folder
	var stdout, stderr bytes.Buffer
	asked.Stdout, asked.Stderr = &stdout, &stderr
	err := asked.Run()
	if errors.Is(err, exec.ErrNotFound) {
		return nil, fmt.Errorf("there is no %s: install the Pulumi CLI, name it with --pulumi, or give a file", i.pulumi)
	}
	if err != nil && stdout.Len() == 0 {
		return nil, fmt.Errorf("%s %s: %w\n%s", i.pulumi, strings.Join(command, " "), err, strings.TrimSpace(stderr.String()))
	}
	return stdout.Bytes(), nil
}

// either reads a preview or a state, whichever the text is.
func either(text []byte) (*estate.Estate, *estate.Preview, error) {
	p, err := estate.ReadPreview(bytes.NewReader(text))
	if err == nil {
		return p.Estate, p, nil
	}
	e, stateErr := estate.ReadState(bytes.NewReader(text))
	return e, nil, stateErr
}

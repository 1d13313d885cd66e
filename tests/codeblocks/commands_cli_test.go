//go:build cli

package codeblocks_test

import (
	"flag"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/codeblocks"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

var update = flag.Bool("update", false, "write the list of the commands of Pulumi again")

const pulumiList = "testdata/commands/pulumi.txt"

// TestTheListedCommandsArePulumis: each command of Pulumi on our pages is one of the CLI that we build, with the flags that are listed. A
// newer one may have more.
func TestTheListedCommandsArePulumis(t *testing.T) {
	used, err := open(t).Used("pulumi")
	if err != nil || len(used) == 0 {
		t.Fatalf("the pages use %v: %v", used, err)
	}
	has, p := codeblocks.Commands{}, cli{}
	for _, words := range used {
		p.learn(t, has, words)
	}
	if *update {
		golden.Compare(t, pulumiList, "# Pulumi 3.259.0\n"+has.String(), true, "")
		return
	}
	text, err := os.ReadFile(pulumiList)
	if err != nil {
		t.Fatal(err)
	}
	for name, listed := range codeblocks.ParseCommands(string(text)) {
		command, found := has[name]
		if !found || listed.Group != command.Group {
			t.Errorf("%s is listed, and no command that a page uses: go test -tags cli ./tests/codeblocks -update", name)
		}
		for _, flag := range listed.Flags {
			if !slices.Contains(command.Flags, flag) {
				t.Errorf("%s has no flag %s", name, flag)
			}
		}
	}
}

// learn asks the CLI about the command that the words begin with, and about the groups it is in. The help of a word that is no command of a
// group is that of the group.
func (p cli) learn(t *testing.T, known codeblocks.Commands, words []string) {
	t.Helper()
	for name := "pulumi"; ; name, words = name+" "+words[0], words[1:] {
		help := p.help(t, name)
		command := codeblocks.Command{Group: strings.Contains(help, " Commands:\n"), Flags: codeblocks.FlagsOfHelp(help)}
		known[name] = command
		if !command.Group || len(words) == 0 || p.help(t, name+" "+words[0]) == help {
			return
		}
	}
}

// cli is the Pulumi CLI that PULUMI_BIN names, with what it said about its commands.
type cli map[string]string

func (p cli) help(t *testing.T, command string) string {
	t.Helper()
	if help, known := p[command]; known {
		return help
	}
	help, err := exec.CommandContext(t.Context(), os.Getenv("PULUMI_BIN"), append(strings.Fields(command)[1:], "--help")...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s --help: %v\n%s", command, err, help)
	}
	p[command] = string(help)
	return string(help)
}

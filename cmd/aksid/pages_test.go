package main

import (
	"strings"
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/tests/codeblocks"
	"github.com/aksidentity/pulumi-aksidentity/tests/golden"
)

// TestTheListedCommandsAreAksids: the lines of our pages are held to that list.
func TestTheListedCommandsAreAksids(t *testing.T) {
	commands := codeblocks.Commands{"aksid": {Group: true, Flags: codeblocks.FlagsOfHelp(mustRun(t, nil, "--help"))}}
	for _, name := range []string{"plan", "report", "graph", "deployer", "audit"} {
		help := mustRun(t, nil, name, "--help")
		if !strings.Contains(help, "aksid "+name+" [") {
			t.Errorf("aksid has no command %s", name)
		}
		commands["aksid "+name] = codeblocks.Command{Flags: codeblocks.FlagsOfHelp(help)}
	}
	golden.Compare(t, "../../tests/codeblocks/testdata/commands/aksid.txt", commands.String(), *update, "(cd cmd/aksid && go test . -update)")
}

package estate

import (
	"regexp"
	"strings"
)

// Fail tells that the preview failed, as whoever ran it knows: the errors are then those that it has, or else what the program and its
// plugins wrote to the standard error (the YAML host has its errors there), or else the reason. A preview that tells no error and failed
// would look like one that finds nothing to do.
func (p *Preview) Fail(reason string) {
	if len(p.Errors) > 0 {
		return
	}
	p.Errors = append(p.Errors, first(p.written, Readable(reason), "nothing tells why"))
}

var (
	colors = regexp.MustCompile("\x1b\\[[0-9;]*m")
	// framed is what the engine puts around a problem of a component. The problem itself tells what is wrong with the value.
	framed = regexp.MustCompile(`^(\s*- )property (\S+)(?: with value '.*?')? has a problem: `)
)

// Readable is what Pulumi says without colours, without empty lines, and without the words in which it wraps the problems of a component:
// each is on a line of its own that begins with a hyphen.
func Readable(message string) string {
	var lines []string
	for line := range strings.Lines(colors.ReplaceAllString(message, "")) {
		line = strings.TrimRight(line, " \t\r\n")
		if item := strings.TrimLeft(line, " \t"); strings.HasPrefix(item, "- ") {
			line = framed.ReplaceAllString("  "+item, "$1$2: ")
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return strings.TrimPrefix(strings.Join(lines, "\n"), "error: ")
}

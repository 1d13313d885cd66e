package main

import (
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// folder passes Pulumi's progress on as a terminal of width columns shows it in the end: long lines take several, broken at
// blanks; and a resource has one line, in which its last state stays. Pulumi itself does so only when it writes to a terminal
// directly, and the Automation API reads what it writes. Blank lines come only between others, and before the first.
type folder struct {
	out     io.Writer
	pending string // the beginning of a line
	blanks  string
}

func fold(out io.Writer) *folder { return &folder{out: out, blanks: "\n"} }

// Write writes the lines that have ended, and keeps the rest.
func (f *folder) Write(p []byte) (int, error) {
	f.pending += string(p)
	for {
		line, rest, ended := strings.Cut(f.pending, "\n")
		if !ended {
			return len(p), nil
		}
		f.pending = rest
		if err := f.line(strings.TrimRight(line, " ")); err != nil {
			return 0, err
		}
	}
}

// line writes one line, and what has to stand before it.
func (f *folder) line(line string) error {
	switch {
	case plain(line) == "":
		f.blanks = "\n"
		return nil
	case begun.MatchString(plain(line)):
		return nil
	}
	_, err := io.WriteString(f.out, f.blanks+folded(line)+"\n")
	f.blanks = ""
	return err
}

// Close writes a last line that has no end.
func (f *folder) Close() error {
	if f.pending == "" {
		return nil
	}
	_, err := f.Write([]byte("\n"))
	return err
}

// begun is the line of an operation on Azure that has begun. The line that says how it went follows.
var begun = regexp.MustCompile(`^ . +azure-native:\S+ \S+ (creating|updating|deleting|refreshing) \(0s\)$`)

// continuation stands before the further lines of a line.
const continuation = "        "

// folded breaks a line at blanks. A word alone may be too long; it is left whole, for somebody may want to copy it.
func folded(line string) string {
	var lines []string
	current := ""
	for _, piece := range strings.SplitAfter(line, " ") {
		if columns(strings.TrimRight(current+piece, " ")) > width && strings.TrimSpace(current) != "" {
			lines = append(lines, strings.TrimRight(current, " "))
			current = continuation
		}
		current += piece
	}
	return strings.Join(append(lines, strings.TrimRight(current, " ")), "\n")
}

var escape = regexp.MustCompile("\x1b\\[[0-9;]*[a-zA-Z]")

// plain is a text without colours and without blanks at its end.
func plain(text string) string { return strings.TrimRight(escape.ReplaceAllString(text, ""), " ") }

// columns is how wide a text is on a terminal.
func columns(text string) int { return utf8.RuneCountInString(plain(text)) }

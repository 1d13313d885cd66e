package markdown

import (
	"fmt"
	"strings"
)

// Commands are the commands of a shell script, each as its words: those that && and | join, and those whose output is another's argument,
// which come first. Quotes, comments, redirections and settings in front of a command (A=b make) are left out; what a command prints for
// another one stands there as "$". A placeholder like <ID> is a word. It fails at a quote or a bracket that does not end, and at what our
// pages do not use: loops, conditions, functions.
func Commands(script string) ([][]string, error) {
	var all [][]string
	for _, line := range strings.Split(strings.ReplaceAll(script, "\\\n", " "), "\n") {
		found, err := commandsOfLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", line, err)
		}
		all = append(all, found...)
	}
	return all, nil
}

func commandsOfLine(line string) ([][]string, error) {
	r := &reader{rest: line}
	for r.rest != "" {
		if err := r.step(); err != nil {
			return nil, err
		}
	}
	r.endCommand()
	return r.commands, nil
}

// reader takes one line apart.
type reader struct {
	rest     string
	word     strings.Builder
	inWord   bool
	words    []string
	commands [][]string
}

func (r *reader) step() error {
	switch c := r.rest[0]; {
	case c == '\'' || c == '"':
		return r.quoted(c)
	case strings.HasPrefix(r.rest, "$("):
		return r.substituted()
	case c == '<' && strings.Contains(r.rest, ">"):
		r.take(strings.IndexByte(r.rest, '>') + 1)
	case c == '>':
		r.endWord()
		r.words, r.rest = append(r.words, ">"), strings.TrimLeft(r.rest, ">& ")
	case c == '|' || c == ';' || strings.HasPrefix(r.rest, "&&"):
		r.endCommand()
		r.rest = strings.TrimLeft(r.rest, "|;& ")
	case c == ' ' || c == '\t':
		r.endWord()
		r.rest = r.rest[1:]
	case c == '#' && !r.inWord:
		r.rest = ""
	case strings.IndexByte("(){}`", c) >= 0:
		return fmt.Errorf("%q is not understood here", c)
	default:
		r.take(1)
	}
	return nil
}

// take makes the next n bytes part of the word.
func (r *reader) take(n int) {
	r.word.WriteString(r.rest[:n])
	r.rest, r.inWord = r.rest[n:], true
}

// quoted is a part of a word in quotes. What stands in $(...) in double quotes is a command too.
func (r *reader) quoted(quote byte) error {
	r.rest, r.inWord = r.rest[1:], true
	for r.rest != "" && r.rest[0] != quote {
		if quote == '"' && strings.HasPrefix(r.rest, "$(") {
			if err := r.substituted(); err != nil {
				return err
			}
			continue
		}
		r.take(1)
	}
	if r.rest == "" {
		return fmt.Errorf("the quote %c does not end", quote)
	}
	r.rest = r.rest[1:]
	return nil
}

// substituted is $(...), whose commands count like others. None of ours has a bracket in it.
func (r *reader) substituted() error {
	end := strings.IndexByte(r.rest, ')')
	if end < 0 {
		return fmt.Errorf("$( does not end")
	}
	inner, err := commandsOfLine(r.rest[2:end])
	if err != nil {
		return err
	}
	r.commands = append(r.commands, inner...)
	r.rest = r.rest[end+1:]
	r.word.WriteByte('$')
	r.inWord = true
	return nil
}

func (r *reader) endWord() {
	if r.inWord {
		r.words = append(r.words, r.word.String())
	}
	r.word.Reset()
	r.inWord = false
}

func (r *reader) endCommand() {
	r.endWord()
	words := withoutFiles(r.words)
	for len(words) > 1 && isSetting(words[0]) {
		words = words[1:]
	}
	if len(words) > 0 {
		r.commands = append(r.commands, words)
	}
	r.words = nil
}

// withoutFiles leaves out redirections, which stand as ">" and a word.
func withoutFiles(words []string) []string {
	var kept []string
	for i := 0; i < len(words); i++ {
		if words[i] == ">" {
			i++
			continue
		}
		kept = append(kept, words[i])
	}
	return kept
}

// isSetting tells A=b, which sets a variable for the command behind it.
func isSetting(word string) bool {
	name, _, is := strings.Cut(word, "=")
	return is && name != "" && strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}

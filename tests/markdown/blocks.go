package markdown

import (
	"regexp"
	"strings"
)

// Block is a code block of a page, fenced or indented.
type Block struct {
	// Line is where its text begins, counted from 1.
	Line int
	// Language is the word after the fence; "" without one, and for an indented block.
	Language string
	// Mark is the text of the comment <!-- ... --> in front of the block, with nothing but empty lines between; "" without one.
	Mark string
	// After is the first line behind the block that is not empty.
	After string
	// Text has the lines without the fence, and without what all of them are indented by.
	Text string
}

var (
	fence    = regexp.MustCompile("^ *(```+|~~~+)([a-z]*)$")
	indented = regexp.MustCompile(`^(    |\t) *\S`)
	listItem = regexp.MustCompile(`^\s*([-*+]|[0-9]+[.)]) `)
	comment  = regexp.MustCompile(`^\s*<!-- (.*) -->$`)
)

// Blocks are the code blocks of the page, in order. An indented one is a line of four spaces or more after an empty line that is no item of
// a list. Text in a list that is indented like that is taken for code too, so that none is missed.
func Blocks(page string) []Block {
	var found []Block
	lines := strings.Split(page, "\n")
	for i := 0; i < len(lines); i++ {
		begin, language := i, ""
		var end int
		if match := fence.FindStringSubmatch(lines[i]); match != nil {
			begin, language = i+1, match[2]
			end = closing(lines, begin, match[1])
		} else if indented.MatchString(lines[i]) && !listItem.MatchString(lines[i]) && (i == 0 || strings.TrimSpace(lines[i-1]) == "") {
			end = outdented(lines, i)
		} else {
			continue
		}
		found = append(found, Block{
			Line: begin + 1, Language: language, Mark: markBefore(lines, i), After: after(lines, end), Text: Dedent(strings.Join(lines[begin:end], "\n")),
		})
		i = end
	}
	return found
}

// closing is the line that ends the fenced block, or one after the last.
func closing(lines []string, from int, mark string) int {
	for i := from; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == mark {
			return i
		}
	}
	return len(lines)
}

// outdented is one after the last line of the indented block. Empty lines in it are part of it.
func outdented(lines []string, from int) int {
	end := from
	for i := from; i < len(lines); i++ {
		switch {
		case indented.MatchString(lines[i]):
			end = i + 1
		case strings.TrimSpace(lines[i]) != "":
			return end
		}
	}
	return end
}

func markBefore(lines []string, block int) string {
	for i := block - 1; i >= 0; i-- {
		if match := comment.FindStringSubmatch(lines[i]); match != nil {
			return match[1]
		}
		if strings.TrimSpace(lines[i]) != "" {
			break
		}
	}
	return ""
}

// after looks behind the block, whose fence may be the line at end.
func after(lines []string, end int) string {
	for i := end; i < len(lines); i++ {
		if line := strings.TrimSpace(lines[i]); line != "" && (i > end || !fence.MatchString(lines[i])) {
			return line
		}
	}
	return ""
}

// Dedent takes away what all lines that are not empty are indented by.
func Dedent(text string) string {
	lines, common := strings.Split(text, "\n"), ""
	for i, first := 0, true; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) == "" {
			continue
		}
		space := lines[i][:len(lines[i])-len(strings.TrimLeft(lines[i], " \t"))]
		if first {
			common, first = space, false
		}
		for !strings.HasPrefix(space, common) {
			common = common[:len(common)-1]
		}
	}
	for i := range lines {
		lines[i] = strings.TrimRight(strings.TrimPrefix(lines[i], common), " \t")
	}
	return strings.Join(lines, "\n")
}

// Quotes tells whether the text stands in the source: line by line, however far all of it is indented there.
func Quotes(source, text string) bool {
	want := strings.Split(strings.Trim(Dedent(text), "\n"), "\n")
	lines := strings.Split(source, "\n")
	for i := 0; i+len(want) <= len(lines); i++ {
		// Most places are ruled out by their first line.
		if strings.TrimSpace(lines[i]) == strings.TrimSpace(want[0]) && Dedent(strings.Join(lines[i:i+len(want)], "\n")) == strings.Join(want, "\n") {
			return true
		}
	}
	return false
}

package report

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// gap is what stands between two columns.
const gap = "  "

// Table aligns rows of cells below a header. No line is wider than width characters: where the cells ask for more, columns give
// way, and their cells continue on further lines, broken between words, or inside a word that is wider than its column. It
// gives the room to the columns where it saves most lines. A row that takes several lines stands apart from its neighbours by a
// blank line. It ends with a newline.
//
// A row may have fewer cells than the header, not more. A width too small for one character of each column is taken as that.
func Table(width int, header []string, rows ...[]string) string {
	all := append([][]string{header}, rows...)
	columns := columnWidths(all, width)
	var b strings.Builder
	height := 1
	for i, row := range all {
		lines := rowLines(row, columns)
		if i > 1 && (height > 1 || len(lines) > 1) {
			b.WriteString("\n")
		}
		height = len(lines)
		b.WriteString(strings.Join(lines, "\n") + "\n")
	}
	return b.String()
}

// columnWidths gives each column what its widest cell asks for, and then takes from the columns until a row fits.
func columnWidths(rows [][]string, width int) []int {
	columns, words := make([]int, len(rows[0])), make([]int, len(rows[0]))
	tooWide := len(gap)*(len(columns)-1) - width
	for i := range columns {
		columns[i], words[i] = 1, 1
		for _, row := range rows {
			if i < len(row) {
				columns[i] = max(columns[i], utf8.RuneCountInString(row[i]))
				words[i] = max(words[i], longestWord(row[i]))
			}
		}
		tooWide += columns[i]
	}
	some := sample(rows)
	for ; tooWide > 0; tooWide-- {
		least := cheapestColumn(some, columns, words)
		if columns[least] == 1 {
			break
		}
		columns[least]--
	}
	return columns
}

// enough rows tell where most lines are saved: of thousands, every one would be wrapped anew for each column that gives way.
const enough = 200

// sample are the rows, or of many as many as are enough, evenly spread.
func sample(rows [][]string) [][]string {
	if len(rows) <= enough {
		return rows
	}
	some := make([][]string, enough)
	for i := range some {
		some[i] = rows[i*len(rows)/enough]
	}
	return some
}

func longestWord(cell string) (longest int) {
	for _, word := range strings.Fields(cell) {
		longest = max(longest, utf8.RuneCountInString(word))
	}
	return longest
}

// cheapestColumn is the one that gives way with the fewest further lines, of equal ones the widest. One that would have to break
// a word comes last.
func cheapestColumn(rows [][]string, columns, words []int) int {
	best, lines := -1, 0
	for i := range columns {
		if columns[i] <= words[i] {
			continue
		}
		narrower := slices.Clone(columns)
		narrower[i]--
		if needed := linesOf(rows, narrower); best < 0 || needed < lines || needed == lines && columns[i] > columns[best] {
			best, lines = i, needed
		}
	}
	if best >= 0 {
		return best
	}
	return slices.Index(columns, slices.Max(columns))
}

func linesOf(rows [][]string, columns []int) (lines int) {
	for _, row := range rows {
		height := 1
		for i, cell := range row {
			height = max(height, len(Wrap(cell, columns[i])))
		}
		lines += height
	}
	return lines
}

// rowLines are the lines of one row, without blanks at their ends.
func rowLines(row []string, columns []int) []string {
	cells, height := make([][]string, len(row)), 1
	for i, cell := range row {
		cells[i] = Wrap(cell, columns[i])
		height = max(height, len(cells[i]))
	}
	lines := make([]string, height)
	for at := range lines {
		var b strings.Builder
		for i, cell := range cells {
			part := ""
			if at < len(cell) {
				part = cell[at]
			}
			b.WriteString(part + strings.Repeat(" ", columns[i]-utf8.RuneCountInString(part)) + gap)
		}
		lines[at] = strings.TrimRight(b.String(), " ")
	}
	return lines
}

// Wrap breaks a text into lines of at most width characters, between words, or inside a word that is wider than that. Blanks
// and line breaks of any number separate words. There is always one line; a width below 1 is taken as 1.
func Wrap(text string, width int) []string {
	width = max(width, 1)
	lines, line := []string{}, ""
	for _, word := range strings.Fields(text) {
		if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		letters := []rune(word)
		for len(letters) > width {
			lines, letters = append(lines, string(letters[:width])), letters[width:]
		}
		line = string(letters)
	}
	return append(lines, line)
}

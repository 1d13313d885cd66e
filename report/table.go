package report

import (
	"strings"
	"unicode/utf8"
)

// gap is what stands between two columns.
const gap = "  "

// Table aligns rows of cells below a header. No line is wider than width characters: where the cells ask for more, the widest
// columns give way, and their cells continue on further lines, broken between words, or inside a word that is wider than its
// column. Rows that take several lines stand apart by a blank line. It ends with a newline.
//
// A row may have fewer cells than the header, not more. A width too small for one character of each column is taken as that.
func Table(width int, header []string, rows ...[]string) string {
	all := append([][]string{header}, rows...)
	columns := columnWidths(all, width)
	var b strings.Builder
	blocks := make([][]string, len(all))
	apart := false
	for i, row := range all {
		blocks[i] = rowLines(row, columns)
		apart = apart || i > 0 && len(blocks[i]) > 1
	}
	for i, block := range blocks {
		if apart && i > 1 {
			b.WriteString("\n")
		}
		for _, line := range block {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

// columnWidths gives each column what its widest cell asks for, and takes from the widest until the row fits: as long as there
// is one, from a column that has no word of its full width.
func columnWidths(rows [][]string, width int) []int {
	columns, words := make([]int, len(rows[0])), make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			columns[i] = max(columns[i], utf8.RuneCountInString(cell), 1)
			for _, word := range strings.Fields(cell) {
				words[i] = max(words[i], utf8.RuneCountInString(word))
			}
		}
	}
	for tooWide := sum(columns) + len(gap)*(len(columns)-1) - width; tooWide > 0; tooWide-- {
		widest := widestColumn(columns, words)
		if columns[widest] == 1 {
			break
		}
		columns[widest]--
	}
	return columns
}

func widestColumn(columns, words []int) int {
	widest, breaksWords := -1, 0
	for i := range columns {
		if columns[i] > words[i] && (widest < 0 || columns[i] > columns[widest]) {
			widest = i
		}
		if columns[i] > columns[breaksWords] {
			breaksWords = i
		}
	}
	if widest < 0 {
		return breaksWords
	}
	return widest
}

func sum(numbers []int) (total int) {
	for _, n := range numbers {
		total += n
	}
	return total
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

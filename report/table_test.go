package report_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/aksidentity/pulumi-aksidentity/report"
)

func TestTable(t *testing.T) {
	header := []string{"WHO", "WHY"}
	cases := []struct {
		name   string
		reason string
		width  int
		rows   [][]string
		want   string
	}{
		{"fits", "columns are as wide as their widest cell, and lines have no blanks at the end", 40,
			[][]string{{"kubelet", "pulls images"}, {"control plane", ""}},
			"WHO            WHY\nkubelet        pulls images\ncontrol plane\n"},
		{"wraps", "the widest column gives way, and rows stand apart", 22,
			[][]string{{"kubelet", "pulls images from here"}, {"add-on", "reads"}},
			"WHO      WHY\nkubelet  pulls images\n         from here\n\nadd-on   reads\n"},
		{"saves lines", "a column that takes two lines already gives way before one that takes one", 26,
			[][]string{{"aaa bbb", "one two three"}, {"c", "one two three four five six seven"}},
			"WHO      WHY\naaa bbb  one two three\n\nc        one two three\n         four five six\n         seven\n"},
		{"apart", "only rows of several lines stand apart", 22,
			[][]string{{"a", "reads"}, {"b", "writes"}, {"kubelet", "pulls images from here"}},
			"WHO      WHY\na        reads\nb        writes\n\nkubelet  pulls images\n         from here\n"},
		{"long word", "a word that is wider than its column is broken, for the promise is the width", 16,
			[][]string{{"kubelet", "abcdefghij"}}, "WHO      WHY\nkubelet  abcdefg\n         hij\n"},
		{"header only", "no rows are no reason to fail", 40, nil, "WHO  WHY\n"},
		{"other letters", "characters count, not bytes", 12, [][]string{{"Zoë", "été été"}}, "WHO  WHY\nZoë  été été\n"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, report.Table(tc.width, header, tc.rows...)); diff != "" {
				t.Errorf("%s (-want +got)\n%s", tc.reason, diff)
			}
		})
	}
}

func TestNoTableIsTooWide(t *testing.T) {
	row := []string{"control plane", "Virtual Machine Contributor", strings.Repeat("a long path/", 20), strings.Repeat("x", 300)}
	for width := 10; width < 200; width += 7 {
		for _, line := range strings.Split(report.Table(width, []string{"WHO", "ROLE", "ON", "WHY"}, row), "\n") {
			if got := utf8.RuneCountInString(line); got > width {
				t.Errorf("a line has %d columns, not %d: %q", got, width, line)
			}
		}
	}
}

// TestATableOfThousandsOfRowsFits: the columns are chosen by some of the rows, and every row fits all the same.
func TestATableOfThousandsOfRowsFits(t *testing.T) {
	rows := make([][]string, 5000)
	for i := range rows {
		rows[i] = []string{"Microsoft.Network/" + strings.Repeat("x", i%60), strings.Repeat("word ", i%17), "needed"}
	}
	lines := strings.Split(report.Table(60, []string{"ACTION", "WHY", "NEED"}, rows...), "\n")
	for _, line := range lines {
		if utf8.RuneCountInString(line) > 60 {
			t.Fatalf("a line of more than 60 columns: %q", line)
		}
	}
	if len(lines) < 5000 {
		t.Errorf("%d lines for 5000 rows", len(lines))
	}
}

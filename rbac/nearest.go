package rbac

import "strings"

// Nearest is the one of the known words that was probably meant by a misspelled word, or "" when none is near. Letter case,
// spaces, hyphens and underscores do not count. Of what remains, one letter in three may be wrong, three at the most, where
// a letter too many, a letter too few, another letter, and two neighbours in the wrong order count one each. Among equally
// near words the first is taken.
func Nearest(word string, known []string) string {
	asked := letters(word)
	nearest, allowed := "", min(len(asked)/3, 3)
	for _, k := range known {
		meant := letters(k)
		if len(meant) > len(asked)+allowed || len(asked) > len(meant)+allowed {
			continue // so many letters are missing, and to compare a text of any length with every role takes seconds
		}
		if d := distance(asked, meant); d <= allowed {
			nearest, allowed = k, d-1
		}
	}
	return nearest
}

var separators = strings.NewReplacer(" ", "", "-", "", "_", "")

func letters(word string) []rune { return []rune(separators.Replace(lower(word))) }

// distance is the number of single mistakes between two words: Levenshtein's, with the swap of two neighbours as one more
// kind ("optimal string alignment").
func distance(a, b []rune) int {
	// before, above and row count the mistakes between a[:i-1], a[:i] and a[:i+1] and every beginning of b.
	var before []int
	above := make([]int, len(b)+1)
	for j := range above {
		above[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			other := above[j]
			if a[i] != b[j] {
				other++
			}
			row[j+1] = min(other, above[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, above = above, row
	}
	return above[len(b)]
}

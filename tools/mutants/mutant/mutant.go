// Package mutant switches changes to the code on, one in a process. Command mutants lays it into the module under test with -overlay;
// nothing else imports it.
//
// MUTANT is the number of the change that is made; without it none is. With MUTANTS_REACHED, the name of a file, the numbers of the
// changes that a run comes by are appended to it, a line each.
package mutant

import (
	"cmp"
	"fmt"
	"os"
	"strconv"
	"sync"
)

var (
	active, _ = strconv.Atoi(os.Getenv("MUTANT"))
	reached   = opened(os.Getenv("MUTANTS_REACHED"))
	seen      sync.Map
)

func opened(name string) *os.File {
	if name == "" {
		return nil
	}
	file, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err) // the run would look as if it reached nothing
	}
	return file
}

// On tells whether the change with this number is made.
func On(id int) bool {
	if reached != nil {
		if _, before := seen.LoadOrStore(id, true); !before {
			fmt.Fprintln(reached, id)
		}
	}
	return id == active
}

// Number is what arithmetic works on.
type Number interface {
	Integer | ~float32 | ~float64
}

// Integer is what bits can be shifted in.
type Integer interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Pick is one of two values.
func Pick[T any](id int, value, changed T) T {
	if On(id) {
		return changed
	}
	return value
}

// Less is a < b, changed a <= b.
func Less[T cmp.Ordered](id int, a, b T) bool { return Pick(id, a < b, a <= b) }

// AtMost is a <= b, changed a < b.
func AtMost[T cmp.Ordered](id int, a, b T) bool { return Pick(id, a <= b, a < b) }

// More is a > b, changed a >= b.
func More[T cmp.Ordered](id int, a, b T) bool { return Pick(id, a > b, a >= b) }

// AtLeast is a >= b, changed a > b.
func AtLeast[T cmp.Ordered](id int, a, b T) bool { return Pick(id, a >= b, a > b) }

// Add is a + b, changed a - b.
func Add[T Number](id int, a, b T) T { return Pick(id, a+b, a-b) }

// Subtract is a - b, changed a + b.
func Subtract[T Number](id int, a, b T) T { return Pick(id, a-b, a+b) }

// Multiply is a * b, changed a / b.
func Multiply[T Number](id int, a, b T) T {
	if On(id) {
		return a / b
	}
	return a * b
}

// Divide is a / b, changed a * b.
func Divide[T Number](id int, a, b T) T {
	if On(id) {
		return a * b
	}
	return a / b
}

// Remainder is a % b, changed a * b.
func Remainder[T Integer](id int, a, b T) T {
	if On(id) {
		return a * b
	}
	return a % b
}

// And is a & b, changed a | b.
func And[T Integer](id int, a, b T) T { return Pick(id, a&b, a|b) }

// Or is a | b, changed a & b.
func Or[T Integer](id int, a, b T) T { return Pick(id, a|b, a&b) }

// ShiftLeft is a << b, changed a >> b.
func ShiftLeft[T, S Integer](id int, a T, b S) T { return Pick(id, a<<b, a>>b) }

// ShiftRight is a >> b, changed a << b.
func ShiftRight[T, S Integer](id int, a T, b S) T { return Pick(id, a>>b, a<<b) }

// Negative is -a, changed a.
func Negative[T Number](id int, a T) T { return Pick(id, -a, a) }

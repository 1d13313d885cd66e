package plan

// Value is an argument that may be absent, known now, or known only when Azure has answered (late). The zero Value is
// absent. It remembers the argument that it was read from, so that whoever carries a plan out need not look for it.
type Value[T any] struct {
	state  valueState
	value  T
	origin any
}

type valueState int8

const (
	absent valueState = iota
	late
	known
)

// Known is a value that can be read now.
func Known[T any](v T) Value[T] { return Value[T]{state: known, value: v} }

// Late is a value that is given, but known only later: an Output of another resource.
func Late[T any]() Value[T] { return Value[T]{state: late} }

// From is the same value, read from the given argument. The plan never looks into the argument.
func (v Value[T]) From(argument any) Value[T] {
	v.origin = argument
	return v
}

// Origin is the argument that the value was read from; nil when nobody said.
func (v Value[T]) Origin() any { return v.origin }

// IsSet tells whether the value was given at all.
func (v Value[T]) IsSet() bool { return v.state != absent }

// IsLate tells whether the value was given but can only be read later.
func (v Value[T]) IsLate() bool { return v.state == late }

// Get returns the value when it is known now.
func (v Value[T]) Get() (T, bool) { return v.value, v.state == known }

// Or returns the known value, or fallback when it is absent or late.
func (v Value[T]) Or(fallback T) T {
	if v.state == known {
		return v.value
	}
	return fallback
}

// OrDefault is the value when it was given, known or late, else the fallback.
func (v Value[T]) OrDefault(fallback T) Value[T] {
	if v.state == absent {
		return Known(fallback)
	}
	return v
}

// orEmpty is OrDefault with the zero value.
func (v Value[T]) orEmpty() Value[T] {
	var empty T
	return v.OrDefault(empty)
}

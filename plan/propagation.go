package plan

// Propagation bounds the wait for grants to take effect; nil means the default.
type Propagation struct{ TimeoutSeconds, FirstDelayMilliseconds *int }

func (p *problems) checkPropagation(wait Propagation) {
	for _, part := range []struct {
		name string
		n    *int
		low  int
		what string
	}{
		{"timeoutSeconds", wait.TimeoutSeconds, 0, "give a number of seconds, or 0 not to wait at all."},
		{"firstDelayMilliseconds", wait.FirstDelayMilliseconds, 1, "give a number of milliseconds from 1 on."},
	} {
		if part.n != nil && *part.n < part.low {
			p.add(Path("propagation").Field(part.name), "it is below the least that makes sense", part.what)
		}
	}
}

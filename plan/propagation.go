package plan

import "fmt"

// Propagation bounds the wait for grants to take effect; nil means the default.
type Propagation struct{ TimeoutSeconds, FirstDelayMilliseconds, SettleSeconds *int }

// longestSettle is the longest that AKS's documentation names for a grant of a cluster's identity: 60 minutes (use a managed
// identity in AKS, read 2026-08).
const longestSettle = 3600

func (p *problems) checkPropagation(wait Propagation) {
	for _, part := range []struct {
		name string
		n    *int
		low  int
		what string
	}{
		{"timeoutSeconds", wait.TimeoutSeconds, 0, "give a number of seconds, or 0 not to wait at all."},
		{"firstDelayMilliseconds", wait.FirstDelayMilliseconds, 1, "give a number of milliseconds from 1 on."},
		{"settleSeconds", wait.SettleSeconds, 0, "give a number of seconds, or 0 to wait for no age."},
	} {
		if part.n != nil && *part.n < part.low {
			p.add(Path("propagation").Field(part.name), "it is below the least that makes sense", part.what)
		}
	}
	if n := wait.SettleSeconds; n != nil && *n > longestSettle {
		p.add(Path("propagation").Field("settleSeconds"), "it is above an hour, and no documentation names more for a grant",
			fmt.Sprintf("give %d or less.", longestSettle))
	}
}

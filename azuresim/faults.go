package azuresim

import "strings"

// Match says which operations a Rule is about. The zero Match is every operation.
type Match struct {
	Method Method // "": any
	Type   string // resource type, without regard to case; "": any
	ID     string // a part of the id, without regard to case; "": any
	Skip   int    // so many matching operations pass first
	Times  int    // how many are struck then; 0 is one, a negative number is all
}

// Rule is a planned misbehaviour. Hits tells how often it struck.
type Rule struct {
	match Match
	when  moment
	err   Error
	seen  int
	hits  int
	cloud *Cloud
}

type moment int

const (
	before moment = iota
	afterAcceptance
	answerLost
)

// Fail refuses the matching operations with err before anything happens: throttling, a 5xx, any code of Azure.
func (c *Cloud) Fail(m Match, err Error) *Rule { return c.addRule(m, before, err) }

// FailAfterAcceptance accepts the matching PUTs, then lets them fail with err: the resource exists, with
// provisioningState Failed, and the error has Accepted set. A DELETE that fails like this deletes nothing.
func (c *Cloud) FailAfterAcceptance(m Match, err Error) *Rule {
	return c.addRule(m, afterAcceptance, err)
}

// LoseResponse does the matching operations, but the answer never arrives: the caller sees a broken connection. The Pulumi
// provider asks again up to three times, like the real one; Times decides how often the answer is lost.
func (c *Cloud) LoseResponse(m Match) *Rule { return c.addRule(m, answerLost, ConnectionReset()) }

// Kill does the matching operations, and then the process that asked is gone: no answer, no second try, and nothing that it
// would have done next. To kill it before the operation, use Fail with ProcessKilled.
func (c *Cloud) Kill(m Match) *Rule { return c.addRule(m, answerLost, ProcessKilled()) }

// Throttled is Azure's 429.
func Throttled() Error {
	return Error{Status: 429, Code: "TooManyRequests", Message: "The request is being throttled."}
}

// ServiceUnavailable is Azure's 503.
func ServiceUnavailable() Error {
	return Error{Status: 503, Code: "ServiceUnavailable", Message: "The service is temporarily unavailable."}
}

// ProcessKilled is the end of the process that asked. The Pulumi provider does nothing more after it, until it is configured
// again as a new process would be.
func ProcessKilled() Error {
	return Error{Code: CodeProcessKilled, Message: "the process was killed"}
}

// ConnectionReset is an answer that did not arrive; it has no HTTP status. Clients of Azure ask again.
func ConnectionReset() Error {
	return Error{Code: CodeConnectionReset, Message: "connection reset by peer"}
}

// Hits tells how often the rule struck.
func (r *Rule) Hits() int {
	r.cloud.mu.Lock()
	defer r.cloud.mu.Unlock()
	return r.hits
}

// ClearRules removes all planned misbehaviour.
func (c *Cloud) ClearRules() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rules = nil
}

func (c *Cloud) addRule(m Match, when moment, err Error) *Rule {
	c.mu.Lock()
	defer c.mu.Unlock()
	r := &Rule{match: m, when: when, err: err, cloud: c}
	c.rules = append(c.rules, r)
	return r
}

// strike finds the rule that strikes this operation. Every matching rule counts it.
func (c *Cloud) strike(q *request) *Rule {
	if q.seeding {
		return nil
	}
	var hit *Rule
	for _, r := range c.rules {
		if !r.match.fits(q) {
			continue
		}
		r.seen++
		if hit == nil && r.due() {
			hit = r
			r.hits++
		}
	}
	return hit
}

func (r *Rule) due() bool {
	times := r.match.Times
	if times == 0 {
		times = 1
	}
	return r.seen > r.match.Skip && (times < 0 || r.hits < times)
}

func (r *Rule) answer() *Error {
	err := r.err
	return &err
}

func (m Match) fits(q *request) bool {
	return (m.Method == "" || m.Method == q.method) &&
		(m.Type == "" || strings.EqualFold(m.Type, q.info.name)) &&
		(m.ID == "" || strings.Contains(strings.ToLower(q.rawID), strings.ToLower(m.ID)))
}

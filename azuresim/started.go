package azuresim

import (
	"context"
	"time"
)

// Started is an operation that was accepted and runs: the resource shows the provisioningState Creating, Updating or
// Deleting, and what the operation excludes is refused, until Finish.
type Started struct {
	// Response is the answer on acceptance. A DELETE of what is not there has Status 204 and is over at once.
	Response Response

	// Due is when the operation ends on the cloud's clock: the moment at which it was accepted, unless operations take time
	// (WithLatency).
	Due time.Time

	cloud *Cloud
	work  *accepted
	done  bool
	final Response
	err   *Error
}

// accepted is an operation between the answer that it was accepted and its end.
type accepted struct {
	q    *request
	plan *change
	rule *Rule  // the fault that strikes at the end
	held string // what it excludes other operations on, "" for nothing
}

// Start begins a PUT, PATCH or DELETE the way ARM does: it is refused at once, or accepted and finished later. The error is
// an *Error.
func (c *Cloud) Start(ctx context.Context, method Method, id string, body map[string]any) (*Started, error) {
	if err := canceled(ctx); err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	q := &request{method: method, rawID: id, body: body}
	work, err := c.accept(q)
	if err != nil {
		c.record(q, Response{}, err)
		return nil, err
	}
	s := &Started{cloud: c, work: work, Due: c.clock.Now().Add(c.lasts(q)), Response: Response{Status: work.plan.status, Body: work.plan.body()}}
	lost := work.rule != nil && work.rule.when == answerLost
	if lost || method == MethodDelete && q.old == nil {
		s.end()
	}
	if lost {
		return nil, asError(s.err)
	}
	return s, nil
}

// Finish ends the operation and tells how: the answer that a caller gets who waited, or the error that it failed with after
// acceptance. Calling it again tells the same.
func (s *Started) Finish() (Response, error) {
	defer s.cloud.tell(s.work.q)
	s.cloud.mu.Lock()
	defer s.cloud.mu.Unlock()
	if !s.done {
		s.end()
	}
	return s.final, asError(s.err)
}

func (s *Started) end() {
	s.final, s.err = s.cloud.finish(s.work)
	s.cloud.record(s.work.q, s.final, s.err)
	s.done = true
}

// accept refuses an operation, or begins it. What a PUT makes is there at once; what a DELETE removes goes at the end.
func (c *Cloud) accept(q *request) (*accepted, *Error) {
	if err := q.read(c.types); err != nil {
		return nil, err
	}
	rule := c.strike(q)
	if rule != nil && rule.when == before {
		return nil, rule.answer()
	}
	plan, err := c.prepare(q)
	if err != nil && rule != nil && rule.when == answerLost {
		return nil, rule.answer() // a refusal is an answer, too
	}
	if err != nil {
		return nil, err
	}
	if rule != nil && rule.when == afterAcceptance {
		plan.fails = rule.answer()
	}
	a := &accepted{q: q, plan: plan, rule: rule, held: occupies(q)}
	if q.seeding {
		a.held = ""
	}
	if a.held != "" {
		c.busy[a.held] = q.operation()
	}
	if q.method != MethodDelete && plan.apply != nil {
		plan.apply()
	}
	c.showState(q)
	return a, nil
}

// finish ends an accepted operation.
func (c *Cloud) finish(a *accepted) (Response, *Error) {
	c.hideState(a.q)
	delete(c.busy, a.held)
	if a.q.method == MethodDelete && a.plan.fails == nil && a.plan.apply != nil {
		a.plan.apply()
	}
	if a.plan.fails != nil && a.q.method == MethodPut {
		if r := c.find(a.q); r != nil {
			setState(r, "Failed")
		}
	}
	if a.rule != nil && a.rule.when == answerLost {
		return Response{}, a.rule.answer()
	}
	if a.plan.fails != nil {
		a.plan.fails.Accepted = a.q.method == MethodPut
		return Response{}, a.plan.fails
	}
	body := a.plan.body()
	c.judgeAction(a.q, body)
	return Response{Status: a.plan.status, Body: body}, nil
}

// runningStates are the provisioningStates while an operation of that method runs on what is there already.
var runningStates = map[Method]string{MethodPut: "Updating", MethodPatch: "Updating", MethodDelete: "Deleting"}

// showState lets the resource of a running operation show its state. A cluster that is made makes its pools with it.
func (c *Cloud) showState(q *request) {
	state := runningStates[q.method]
	if state == "" {
		return
	}
	if q.old == nil && q.method != MethodDelete {
		state = "Creating"
	}
	for _, k := range c.shownWith(q) {
		c.states[k] = state
	}
}

func (c *Cloud) hideState(q *request) {
	if runningStates[q.method] == "" {
		return
	}
	for _, k := range c.shownWith(q) {
		delete(c.states, k)
	}
}

func (c *Cloud) shownWith(q *request) []string {
	keys := []string{storeKey(q.id, q.info)}
	if q.info.makes != nil && q.old == nil {
		keys = append(keys, q.info.makes(c, q)...)
	}
	return keys
}

// renderState shows the state of the operation that runs on r.
func (c *Cloud) renderState(r *resource, body map[string]any) {
	state := c.states[r.key()]
	if state == "" || text(body, "properties", "provisioningState") == "" {
		return
	}
	put(body, state, "properties", "provisioningState")
	if hide := c.types.named(r.Type).renderMaking; hide != nil && state == "Creating" {
		hide(c, r, body)
	}
}

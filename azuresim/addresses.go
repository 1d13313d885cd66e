package azuresim

import (
	"hash/fnv"
	"strconv"
	"strings"
)

// fillAddress sets the defaults of a public address, and the address itself when it is one for good.
func fillAddress(_ *Cloud, r *resource) {
	p := r.properties()
	setDefault(p, "Dynamic", "publicIPAllocationMethod")
	setDefault(p, "IPv4", "publicIPAddressVersion")
	setDefault(p, float64(4), "idleTimeoutInMinutes")
	if strings.EqualFold(text(p, "publicIPAllocationMethod"), "Static") {
		setDefault(p, addressOf(r.ID), "ipAddress")
	}
}

func fillPrefix(_ *Cloud, r *resource) { setDefault(r.properties(), addressOf(r.ID)+"/28", "ipPrefix") }

func seedAddress(_ *Cloud, q *request) {
	setDefault(q.body, "Static", "properties", "publicIPAllocationMethod")
	setDefault(q.body, "Standard", "sku", "name")
}

// addressOf gives each resource a public address of its own, from its name.
func addressOf(id string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(key(id)))
	n := h.Sum32()
	parts := []uint32{20, n >> 16 & 255, n >> 8 & 255, n & 255}
	out := make([]string, len(parts))
	for i, part := range parts {
		out[i] = strconv.FormatUint(uint64(part), 10)
	}
	return strings.Join(out, ".")
}

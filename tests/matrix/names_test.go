package matrix_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/pulumi/pulumi/pkg/v3/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
)

// naming is where the names in Azure come from that a program does not give.
type naming string

const (
	// fixed names are the logical ones: the project says pulumi:autonaming: {mode: verbatim}.
	fixed naming = "fixed"
	// random names are Pulumi's own, but the same in each run of a case: with each try there is another one.
	random naming = "random"
)

// namer makes names up. It is asked once for every registration of a resource.
type namer struct {
	naming naming
	mu     sync.Mutex
	asked  map[urn.URN]int
}

func newNamer(naming naming) *namer { return &namer{naming: naming, asked: map[urn.URN]int{}} }

// AutonamingForResource makes the engine propose a name.
func (n *namer) AutonamingForResource(of urn.URN, _ []byte) (*plugin.AutonamingOptions, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.asked[of]++
	sum := sha256.Sum256([]byte(of))
	if n.naming == random {
		sum = sha256.Sum256(fmt.Appendf(nil, "%s|%d", of, n.asked[of]))
	}
	name := of.Name()
	switch {
	case strings.HasSuffix(string(of.Type()), ":RoleDefinition"):
		name = uuid.NewSHA1(uuid.NameSpaceURL, sum[:]).String()
	case n.naming == random:
		name += hex.EncodeToString(sum[:4])
	}
	return &plugin.AutonamingOptions{ProposedName: name, Mode: plugin.AutonamingModeEnforce}, false
}

package contract_test

import (
	"testing"

	"github.com/aksidentity/pulumi-aksidentity/azuresim"
	"github.com/aksidentity/pulumi-aksidentity/azuresim/contract"
)

// TestContract in process: the Cloud is a door to itself.
func TestContract(t *testing.T) {
	contract.Run(t, func(_ *testing.T, cloud *azuresim.Cloud) contract.Door { return cloud })
}

package azuresim

import (
	"errors"
	"fmt"
	"strings"
)

// Error is an answer of Azure that is not a success. Test Status and Code, read Message: the wording of messages is not
// part of the simulation.
type Error struct {
	// Status is the HTTP status; 0 when no HTTP answer reached the caller (the connection broke, the context ended).
	Status int
	// Code is Azure's error code, for example "RoleAssignmentExists".
	Code    string
	Message string
	// Target is the property or resource that the error is about, as Azure names it. Often empty.
	Target string
	// Accepted tells that the operation was accepted and failed afterwards: the resource exists, with
	// provisioningState "Failed".
	Accepted bool
}

func (e *Error) Error() string {
	return fmt.Sprintf("Status=%d Code=%q Message=%q", e.Status, e.Code, e.Message)
}

// Code returns the Azure error code of err, "" when err is nil or does not come from the simulator.
func Code(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}

// Error codes of Azure. Where the code itself could not be verified, the package documentation says so.
const (
	CodeAuthorizationFailed       = "AuthorizationFailed"
	CodeLinkedAuthorizationFailed = "LinkedAuthorizationFailed"
	CodeSubscriptionNotFound      = "SubscriptionNotFound"
	CodeResourceGroupNotFound     = "ResourceGroupNotFound"
	CodeParentResourceNotFound    = "ParentResourceNotFound"
	CodeResourceNotFound          = "ResourceNotFound"
	CodeInvalidResourceID         = "InvalidResourceId"
	CodeInvalidResourceName       = "InvalidResourceName"
	CodeInvalidResourceType       = "InvalidResourceType"
	CodeInvalidResourceReference  = "InvalidResourceReference"
	CodeLinkedInvalidPropertyID   = "LinkedInvalidPropertyId"
	CodeInvalidParameter          = "InvalidParameter"
	CodeInvalidRequestContent     = "InvalidRequestContent"
	CodeInvalidRequestFormat      = "InvalidRequestFormat"
	CodeUnmarshalError            = "UnmarshalError"
	CodeLocationRequired          = "LocationRequired"
	CodeBadRequest                = "BadRequest"
	CodeConflict                  = "Conflict"
	CodeOperationNotAllowed       = "OperationNotAllowed"
	CodePropertyChangeNotAllowed  = "PropertyChangeNotAllowed"
	CodeScopeLocked               = "ScopeLocked"
	CodeConnectionReset           = "ConnectionReset"

	CodeAlreadyInUse               = "AlreadyInUse"               // a registry name
	CodeStorageAccountAlreadyTaken = "StorageAccountAlreadyTaken" // a storage account name
	CodeVaultAlreadyExists         = "VaultAlreadyExists"         // a vault name
	CodeDeletedVaultExists         = "ConflictError"              // a name that a deleted vault keeps
	CodeLocationNotAvailable       = "LocationNotAvailableForResourceType"
	CodeProcessKilled              = "ProcessKilled"
	CodeCanceled                   = "Canceled"

	CodeRoleAssignmentExists             = "RoleAssignmentExists"
	CodeRoleAssignmentUpdateNotPermitted = "RoleAssignmentUpdateNotPermitted"
	CodeRoleAssignmentLimitExceeded      = "RoleAssignmentLimitExceeded"
	CodeInvalidRoleAssignmentID          = "InvalidRoleAssignmentId"
	CodePrincipalNotFound                = "PrincipalNotFound"
	CodeUnmatchedPrincipalType           = "UnmatchedPrincipalType"
	CodeRoleDefinitionDoesNotExist       = "RoleDefinitionDoesNotExist"
	CodeRoleDefinitionHasAssignments     = "RoleDefinitionHasAssignments"
	CodeRoleDefinitionLimitExceeded      = "RoleDefinitionLimitExceeded"

	CodeInvalidPayload   = "InvalidPayload"               // of a data collection rule
	CodeAssociationInUse = "DataCollectionRuleAssociated" // what is associated cannot be deleted

	CodeConcurrentCredentialWrites = "ConcurrentFederatedIdentityCredentialsWritesForSingleManagedIdentity"

	CodeKubeletIdentityNeedsUserAssigned   = "CustomKubeletIdentityOnlySupportedOnUserAssignedMSICluster"
	CodeKubeletIdentityMissingPermission   = "CustomKubeletIdentityMissingPermissionError"
	CodeKubeletIdentityProperty            = "CustomKubeletIdentityPropertyError"
	CodeRouteTableUnsupportedMSIType       = "CustomRouteTableWithUnsupportedMSIType"
	CodeRouteTableMissingPermission        = "CustomRouteTableMissingPermission"
	CodeOnlySupportedOnUserAssigned        = "OnlySupportedOnUserAssignedMSICluster"
	CodePrivateDNSZoneMissingPermission    = "CustomPrivateDNSZoneMissingPermissionError"
	CodeVirtualNetworkLinkFailed           = "CreateOrUpdateVirtualNetworkLinkFailed"
	CodeKMSMissingPermission               = "AzureKeyVaultKmsValidateIdentityPermissionCustomerError"
	CodeRouteTableNotAssociated            = "ExistingRouteTableNotAssociatedWithSubnet"
	CodeAPIServerSubnetConfig              = "ApiserverSubnetConfigError"
	CodeInvalidManagedIdentityResourceID   = "InvalidManagedIdentityResourceID"
	CodeFailedIdentityOperation            = "FailedIdentityOperation"
	CodeMustDefineSystemPool               = "MustDefineAtLeastOneSystemPool"
	CodeSubnetIsDelegated                  = "SubnetIsDelegated"
	CodeInsufficientSubnetSize             = "InsufficientSubnetSize"
	CodeOIDCIssuerCannotBeDisabled         = "OIDCIssuerCannotBeDisabled"
	CodeNodeResourceGroupAlreadyExists     = "NodeResourceGroupAlreadyExists"
	CodeNodeResourceGroupSameAsResourceGrp = "NodeResourceGroupSameAsResourceGroup"
	CodeAddonInvalid                       = "AddonInvalid"
)

// refuse makes an Error; target may be empty.
func refuse(status int, code, target, format string, args ...any) *Error {
	return &Error{Status: status, Code: code, Target: target, Message: fmt.Sprintf(format, args...)}
}

func badRequest(code, target, format string, args ...any) *Error {
	return refuse(400, code, target, format, args...)
}

// asError avoids the non-nil interface around a nil pointer.
func asError(e *Error) error {
	if e == nil {
		return nil
	}
	return e
}

// undashed is how the directory prints ids in PrincipalNotFound.
func undashed(id string) string { return strings.ReplaceAll(id, "-", "") }

package azuresim

import (
	"strings"

	"github.com/aksidentity/pulumi-aksidentity/rbac"
)

// managedClient is what a cluster on a managed identity shows as its service principal.
const managedClient = "msi"

// readIdentity decides the control-plane identity of a PUT.
//
// The states and refusals: none without a service principal is InvalidParameter, the combined type is refused (its code
// is not verified), a user-assigned identity stands alone. A service principal can be left for a managed identity, also in a
// body that repeats it as the Azure CLI's does (recorded with 2.45.0, 2026-08); there is no way back.
func (v *clusterView) readIdentity(sent map[string]any) *Error {
	identity := object(v.q.body, "identity")
	client := text(sent, "servicePrincipalProfile", "clientId")
	switch strings.ToLower(text(identity, "type")) {
	case "", "none":
		return v.readServicePrincipal(client)
	case "systemassigned":
		principal := v.c.systemPrincipal(v.id)
		v.control = controlPlane{kind: systemAssigned, principal: principal.ID}
		v.body["identity"] = map[string]any{"type": systemAssigned, "principalId": principal.ID, "tenantId": DefaultTenantID}
	case "userassigned":
		if err := v.readUserAssigned(object(identity, "userAssignedIdentities")); err != nil {
			return err
		}
	default:
		return badRequest(CodeInvalidParameter, "identity.type",
			"The identity type '%s' is not supported for managed clusters.", text(identity, "type"))
	}
	if client != managedClient {
		if err := v.checkClient(client); err != nil {
			return err
		}
	}
	v.props["servicePrincipalProfile"] = map[string]any{"clientId": managedClient}
	return nil
}

// client is the service principal that the cluster has before the operation: "" for a new one, managedClient for one on a
// managed identity.
func (v *clusterView) client() string {
	if v.old == nil {
		return ""
	}
	return text(v.old.properties(), "servicePrincipalProfile", "clientId")
}

// checkClient: an update can repeat the service principal, or leave it out, and not change it.
func (v *clusterView) checkClient(client string) *Error {
	if v.old == nil || client == "" || strings.EqualFold(client, v.client()) {
		return nil
	}
	return badRequest(CodePropertyChangeNotAllowed, "servicePrincipalProfile.clientId",
		"Changing property 'servicePrincipalProfile.clientId' is not allowed.")
}

// readServicePrincipal: a cluster without a managed identity has a service principal, an update keeps it.
func (v *clusterView) readServicePrincipal(client string) *Error {
	if err := v.checkClient(client); err != nil {
		return err
	}
	if client == "" {
		client = v.client()
	}
	if client == "" || client == managedClient {
		return badRequest(CodeInvalidParameter, "servicePrincipalProfile",
			"Required parameter servicePrincipalProfile is missing (null).")
	}
	v.control = controlPlane{kind: ServicePrincipal, principal: applicationPrincipal(client).ID}
	v.props["servicePrincipalProfile"] = map[string]any{"clientId": client}
	return nil
}

func (v *clusterView) readUserAssigned(users map[string]any) *Error {
	if len(users) != 1 {
		return badRequest(CodeInvalidParameter, "identity.userAssignedIdentities", "The count of user assigned identity "+
			"specified in identity.userAssignedIdentities is %d, while expected value is 1.", len(users))
	}
	for id := range users {
		r, err := v.c.assignable(v.q, id, "identity.userAssignedIdentities")
		if err != nil {
			return err
		}
		v.control = controlPlane{kind: userAssigned, id: id, principal: text(r.Body, "properties", "principalId")}
		v.body["identity"] = map[string]any{"type": userAssigned, "userAssignedIdentities": map[string]any{
			id: map[string]any{"principalId": v.control.principal, "clientId": text(r.Body, "properties", "clientId")}}}
	}
	return nil
}

// applicationPrincipal is the service principal of an application.
func applicationPrincipal(clientID string) *Principal {
	return &Principal{ID: derive("application", clientID), ClientID: clientID, Type: ServicePrincipal, Name: clientID}
}

// kubeletOf reads the kubelet identity of a body's properties.
func kubeletOf(props map[string]any) map[string]any {
	return object(props, "identityProfile", "kubeletidentity")
}

// checkKubeletIdentity: a kubelet identity of one's own needs a user-assigned control plane that is allowed to assign it.
func (v *clusterView) checkKubeletIdentity() *Error {
	for name := range object(v.props, "identityProfile") {
		if name != "kubeletidentity" {
			return badRequest(CodeInvalidParameter, "identityProfile", "'%s' is not a known identity profile.", name)
		}
	}
	kubelet := kubeletOf(v.props)
	if kubelet == nil || sameID(text(kubelet, "resourceId"), v.defaultKubeletID()) {
		return nil
	}
	if v.control.kind != userAssigned {
		return badRequest(CodeKubeletIdentityNeedsUserAssigned, "identityProfile.kubeletidentity",
			"Custom kubelet identity is only supported on clusters with a user-assigned control-plane identity.")
	}
	id := text(kubelet, "resourceId")
	r, err := v.c.assignable(v.q, id, "identityProfile.kubeletidentity")
	if err != nil && err.Code == CodeLinkedAuthorizationFailed {
		return err
	}
	if err != nil || !matchesOrEmpty(kubelet, "clientId", r, "clientId") || !matchesOrEmpty(kubelet, "objectId", r, "principalId") {
		return badRequest(CodeKubeletIdentityProperty, "identityProfile.kubeletidentity",
			"The kubelet identity '%s' does not exist, or its clientId or objectId is another one's.", id)
	}
	if decision, ok := v.allowed(needs(r.ID, IdentityType+"/assign/action")...); !ok {
		return badRequest(CodeKubeletIdentityMissingPermission, "identityProfile.kubeletidentity",
			"The cluster using user-assigned managed identity must be granted 'Managed Identity Operator' role to assign "+
				"kubelet identity. The control-plane identity '%s' has no %s", v.control.id, describe(decision))
	}
	kubelet["clientId"], kubelet["objectId"] = text(r.Body, "properties", "clientId"), text(r.Body, "properties", "principalId")
	return nil
}

// matchesOrEmpty: what is given must be true; what is left out is filled in.
func matchesOrEmpty(given map[string]any, name string, r *resource, property string) bool {
	value := text(given, name)
	return value == "" || strings.EqualFold(value, text(r.Body, "properties", property))
}

func (v *clusterView) defaultKubeletID() string {
	return v.nodeResourceID(IdentityType, v.name()+"-agentpool")
}

// describe lists what is missing: "action on scope; action on scope".
func describe(d rbac.Decision) string {
	missing := make([]string, len(d.Missing))
	for i, need := range d.Missing {
		missing[i] = need.String()
	}
	return strings.Join(missing, "; ")
}

import * as authorization from "@pulumi/azure-native/authorization";
import * as keyvault from "@pulumi/azure-native/keyvault";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Network } from "./hub";

// What the rest of the platform needs to know of the vault.
export interface Vault {
    id: pulumi.Output<string>;
    // Of one version of the key.
    keyUri: pulumi.Output<string>;
    password: pulumi.Output<string>;
}

// A vault with a key for etcd and a password for the database, and its private endpoint in the hub.
export function makeVault(resourceGroupName: pulumi.Input<string>, location: string, hub: Network): Vault {
    const vault = new keyvault.Vault("secrets", {
        resourceGroupName,
        location,
        properties: {
            tenantId: authorization.getClientConfigOutput().tenantId,
            enableRbacAuthorization: true,
            sku: { family: keyvault.SkuFamily.A, name: keyvault.SkuName.Standard },
        },
    });
    const key = new keyvault.Key("etcd", {
        resourceGroupName,
        vaultName: vault.name,
        properties: { kty: keyvault.JsonWebKeyType.RSA, keySize: 2048 },
    });
    const password = new random.RandomPassword("database", { length: 24 });
    new keyvault.Secret("database", {
        resourceGroupName,
        vaultName: vault.name,
        properties: { value: password.result },
    });
    privateEndpoint(resourceGroupName, location, hub, vault);
    return { id: vault.id, keyUri: key.keyUriWithVersion, password: password.result };
}

// The vault's address in the hub, and its name there.
function privateEndpoint(resourceGroupName: pulumi.Input<string>, location: string, hub: Network, vault: keyvault.Vault) {
    const endpoint = new network.PrivateEndpoint("vault", {
        resourceGroupName,
        location,
        subnet: { id: hub.endpoints },
        privateLinkServiceConnections: [{ name: "vault", privateLinkServiceId: vault.id, groupIds: ["vault"] }],
    });
    const zone = new network.PrivateZone("vault", {
        resourceGroupName,
        privateZoneName: "privatelink.vaultcore.azure.net",
        location: "Global",
    });
    new network.VirtualNetworkLink("hub", {
        resourceGroupName,
        privateZoneName: zone.name,
        location: "Global",
        virtualNetwork: { id: hub.hub },
        registrationEnabled: false,
    });
    new network.PrivateDnsZoneGroup("vault", {
        resourceGroupName,
        privateEndpointName: endpoint.name,
        privateDnsZoneConfigs: [{ name: "vault", privateDnsZoneId: zone.id }],
    });
}

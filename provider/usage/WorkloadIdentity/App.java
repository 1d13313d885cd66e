import com.pulumi.Pulumi;
import io.github.aksidentity.components.WorkloadIdentity;
import io.github.aksidentity.components.WorkloadIdentityArgs;
import io.github.aksidentity.components.inputs.*;
import java.util.Map;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var orders = new WorkloadIdentity("orders", WorkloadIdentityArgs.builder()
                .resourceGroupName("shop")
                .issuerUrl("https://westeurope.oic.prod-aks.azure.com/tenant/cluster/") // cluster.oidcIssuerUrl()
                .serviceAccounts(Map.of("api", ServiceAccountArgs.builder().namespace("orders").name("api").build()))
                .roles(Map.of("secrets", WorkloadGrantArgs.builder()
                    .role("Key Vault Secrets User")
                    .resourceId("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/shop-orders")
                    .reason("the API reads its connection string")
                    .build()))
                .build());

            ctx.export("clientId", orders.clientId());
        });
    }
}

import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import io.github.aksidentity.components.ManagedIdentityCluster;
import io.github.aksidentity.components.ManagedIdentityClusterArgs;
import io.github.aksidentity.components.enums.IdentityType;
import io.github.aksidentity.components.inputs.*;
import java.util.Map;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var shop = new ManagedIdentityCluster("shop", ManagedIdentityClusterArgs.builder()
                .location("westeurope")
                .identity(ClusterIdentityArgs.builder().type(IdentityType.UserAssigned).build())
                .subnets(Map.of("nodes", Output.of("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes")))
                .systemPool(NodePoolArgs.builder().subnet("nodes").build())
                .pools(NodePoolArgs.builder().name("web").subnet("nodes")
                    .autoscaling(AutoscalingArgs.builder().min(1).max(5).build()).build())
                .registryIds(Map.of("shop", Output.of("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages")))
                .apiServer(APIServerArgs.builder().authorizedIpRanges("192.0.2.0/24").build())
                .build());

            ctx.export("kubeconfig", shop.kubeconfig());
        });
    }
}

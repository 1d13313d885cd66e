import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import io.github.aksidentity.components.VnetDelegation;
import io.github.aksidentity.components.VnetDelegationArgs;
import java.util.Map;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var network = new VnetDelegation("network", VnetDelegationArgs.builder()
                .principalId("11111111-1111-4111-8111-111111111111")
                .nodeSubnetIds(Map.of("nodes", Output.of("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/hub/subnets/nodes")))
                .routeTableIds(Map.of("nodes", Output.of("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/network/providers/Microsoft.Network/routeTables/nodes")))
                .build());

            ctx.export("ready", network.ready());
        });
    }
}

import com.pulumi.Pulumi;
import com.pulumi.core.Output;
import io.github.aksidentity.components.AddonIdentityGrants;
import io.github.aksidentity.components.AddonIdentityGrantsArgs;
import java.util.Map;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> {
            var addons = new AddonIdentityGrants("addons", AddonIdentityGrantsArgs.builder()
                .kubeletPrincipalId("11111111-1111-4111-8111-111111111111")
                .registryIds(Map.of("shop", Output.of("/subscriptions/00000000-0000-4000-8000-0000000000aa/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/shopimages")))
                .build());

            ctx.export("ready", addons.ready());
        });
    }
}

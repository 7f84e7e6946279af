package io.xiaoer.local.command;

import io.xiaoer.local.command.Command.NotUnderstood;
import io.xiaoer.local.data.Client;
import io.xiaoer.local.data.DataDirectory;
import io.xiaoer.local.data.Secrets;
import java.io.IOException;
import java.util.List;

/// Prints an access token of one of the demo clients, and nothing else.
final class Token implements Command {
    private final DataDirectory data;
    private final String scope;
    private final String name;

    Token(DataDirectory data, String scope, String name) {
        this.data = data;
        this.scope = scope;
        this.name = name;
    }

    @Override
    public int run() throws Refusal, IOException, InterruptedException {
        if (!List.of("merchant", "agent", "unmask", "ops").contains(scope)) {
            throw new NotUnderstood("A token is for merchant, agent, unmask or ops, not '%s'".formatted(scope));
        }
        var suite = RunningSuite.of(data);
        var client = client(suite.secrets());
        try (var api = suite.api()) {
            System.out.println(api.token(client));
            return 0;
        } catch (IOException e) {
            throw new Refusal(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private Client client(Secrets secrets) throws Refusal {
        if (scope.equals("ops")) {
            return secrets.ops();
        }
        var clients = switch (scope) {
            case "merchant" -> secrets.merchants();
            case "unmask" -> secrets.unmaskers();
            default -> secrets.agents();
        };
        if (name.isEmpty()) {
            throw new NotUnderstood("Expected: token %s NAME".formatted(scope));
        }
        return secrets.client(clients, name)
                .orElseThrow(() -> new Refusal("There is no %s '%s'; there are %s"
                        .formatted(
                                scope,
                                name,
                                String.join(
                                        ", ", clients.stream().map(Client::id).toList()))));
    }
}

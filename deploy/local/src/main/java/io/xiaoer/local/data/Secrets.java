package io.xiaoer.local.data;

import com.alibaba.fastjson2.JSONArray;
import io.xiaoer.local.server.PrivateFiles;
import io.xiaoer.local.server.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The suite's secrets, a file of mode 600 each, made when first asked for and the same ever after.
public final class Secrets {
    public static final List<String> DEMO_SHOPS = List.of("1001", "1002");
    private static final List<String> CALLING_SERVICES =
            List.of("bot-service", "order-sync-service", "compensation-service");

    private final Path directory;
    private final KeyMaterial material = new KeyMaterial();

    public Secrets(Path directory) {
        this.directory = directory;
    }

    public Secret redisPassword() {
        return of("redis-password", material::password);
    }

    public Secret databasePassword() {
        return of("db-password", material::password);
    }

    public Secret suiteSigningKey() {
        return of("suite-signing-key", material::ecSigningKey);
    }

    public Secret identitySigningKey() {
        return of("identity-signing-key", material::rsaSigningKey);
    }

    public Secret fieldKeyset() {
        return of("field-keyset", material::aeadKeyset);
    }

    /// What compensation-service keeps the signing secrets of webhooks with.
    public Secret webhookKeyset() {
        return of("webhook-keyset", material::aeadKeyset);
    }

    public Secret fieldHashKey() {
        return of("field-hash-key", material::key);
    }

    /// What a service proves itself with when it asks session-service for a token.
    public Secret service(String name) {
        return of("service-secret-" + name, material::password);
    }

    /// All of them in the form `name=secret,…`, for session-service.
    public Secret services() {
        var all = CALLING_SERVICES.stream()
                .map(name -> name + "=" + service(name).value())
                .toList();
        return new Secret(String.join(",", all));
    }

    public List<Client> merchants() {
        return DEMO_SHOPS.stream().map(shop -> client("merchant", shop)).toList();
    }

    /// Who reads receivers in clear, one of each shop: a secret of its own, so that the shop's everyday token shows
    /// none.
    public List<Client> unmaskers() {
        return DEMO_SHOPS.stream().map(shop -> client("unmask", shop)).toList();
    }

    /// Two of each shop, so that one can pass a shopper on to the other.
    public List<Client> agents() {
        return DEMO_SHOPS.stream()
                .flatMap(shop ->
                        Stream.of(agent("agent-" + shop, shop, "小林"), agent("agent-" + shop + "-b", shop, "小陈")))
                .toList();
    }

    private Client agent(String id, String shop, String shown) {
        return new Client(id, of("client-" + id, material::password), "agent", shop, shown);
    }

    public Client ops() {
        return new Client("ops", of("client-ops", material::password), "ops", null, "ops");
    }

    /// The client of the scope that is called so or serves the shop called so.
    public Optional<Client> client(List<Client> clients, String name) {
        return clients.stream()
                .filter(client -> client.id().equals(name) || name.equals(client.shopId()))
                .findFirst();
    }

    /// Every client, as base64 of the JSON that the identity server reads.
    public Secret clients() {
        var all = new JSONArray();
        merchants().forEach(client -> all.add(client.toJson()));
        unmaskers().forEach(client -> all.add(client.toJson()));
        agents().forEach(client -> all.add(client.toJson()));
        all.add(ops().toJson());
        return new Secret(Base64.getEncoder().encodeToString(all.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private Client client(String scope, String shop) {
        var id = scope + "-" + shop;
        return new Client(id, of("client-" + id, material::password), scope, shop, id);
    }

    private Secret of(String name, Supplier<Secret> make) {
        var file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                PrivateFiles.writeOnce(file, make.get().value());
            }
            return new Secret(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("The secret " + file + " can neither be read nor made", e);
        }
    }
}

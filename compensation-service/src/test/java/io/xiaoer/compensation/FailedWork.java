package io.xiaoer.compensation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.event.CommerceCommand;
import io.xiaoer.common.event.Topic;
import io.xiaoer.common.testing.ServiceClient;
import io.xiaoer.common.testing.TestIssuers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/// A command that fails, with its owner and the merchant of its shop, who sees what becomes of it.
final class FailedWork implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(40);
    static final String SHOP = "1001";
    static final String LIST = "/api/v1/compensations";

    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

    private final String id = Long.toString(NUMBERS.incrementAndGet());
    private final CommerceCommand command = FakeOwner.command(SHOP, id);
    private final FakeOwner owner = new FakeOwner();
    private final ServiceClient merchant;

    FailedWork(int port) {
        this.merchant = new ServiceClient(port, TestIssuers.merchant(SHOP));
    }

    /// Of the command, and what its tasks are found by.
    String id() {
        return id;
    }

    CommerceCommand command() {
        return command;
    }

    FakeOwner owner() {
        return owner;
    }

    ServiceClient merchant() {
        return merchant;
    }

    /// An offset that no other record has.
    static long offset() {
        return NUMBERS.incrementAndGet();
    }

    /// The command fails for the first time.
    ///
    /// @return the id of its task
    String fails() {
        return fails(Map.of());
    }

    /// It fails, written with these headers.
    String fails(Map<String, String> headers) {
        owner.fail(command, offset(), headers);
        return task("waiting").path("id").asString();
    }

    /// Another record fails, in which the id stands.
    String fails(Topic topic, String key, byte[] value) {
        owner.fail(topic, key, value, offset(), Map.of());
        return task("waiting").path("id").asString();
    }

    ServiceClient.Response shown(String task) {
        return merchant.get(LIST + "/" + task);
    }

    ServiceClient.Response replay(String task, Map<String, Object> body) {
        return merchant.post(LIST + "/" + task + "/replay", body);
    }

    ServiceClient.Response discard(String task, String reason) {
        return merchant.post(LIST + "/" + task + "/discard", Map.of("reason", reason));
    }

    /// Waits until what has the id as its key was sent again so often.
    void awaitSentAgain(int times) {
        await().atMost(PATIENCE).until(() -> owner.sentAgain(id).size() == times);
    }

    /// The only task there is, as soon as its status is that.
    JsonNode task(String status) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(found())
                        .extracting(each -> each.at("/attributes/status").asString())
                        .containsExactly(status));
        return found().get(0);
    }

    JsonNode found() {
        return merchant.get(LIST + "?q=" + id).data();
    }

    @Override
    public void close() {
        owner.close();
    }
}

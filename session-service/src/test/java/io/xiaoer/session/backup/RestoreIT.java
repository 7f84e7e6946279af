package io.xiaoer.session.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.xiaoer.common.testing.HttpCall;
import io.xiaoer.common.testing.RealServers;
import io.xiaoer.common.testing.TestIssuers;
import io.xiaoer.session.conversation.Shopper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/// Backups come back as what they were, over a real database and a real store that speaks S3.
class RestoreIT extends WithBackups {

    @Test
    void anEmptiedDatabaseGetsTheLogBackAsItWas() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        for (int i = 0; i < 12; i++) {
            shopper.say(sid, "第" + i + "句 \\\"quoted\\\" 😀");
        }
        assertThat(shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/rating")
                        .json("{\"score\":5}")
                        .send()
                        .status())
                .isEqualTo(200);
        awaitArchived(shopper, 12);
        jdbc.update(
                "INSERT INTO session_draft (shop_id, session_id, nonce, id, body, made_at) VALUES (?, ?, 'n', 1, '{}', ?)",
                shopper.shop(),
                sid,
                Instant.now().toEpochMilli());
        var before = shopper.read(sid, "?limit=200").json("data").toString();

        var made = operator("POST", "").send();
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(made.json("data", "attributes", "rows", "message").asLong()).isGreaterThanOrEqualTo(12);
        empty(shopper);
        assertThat(shopper.read(sid, "").status()).isEqualTo(404);

        var name = made.json("data", "id").asString();
        var restored = operator("POST", "/" + name + "/restore").send();
        assertThat(restored.status()).as(restored.toString()).isEqualTo(200);
        assertThat(restored.json("meta", "whole").asBoolean()).isTrue();
        assertThat(restored.json("data", "attributes", "present")).isEqualTo(made.json("data", "attributes", "rows"));
        await().untilAsserted(() -> assertThat(
                        shopper.read(sid, "?limit=200").json("data").toString())
                .isEqualTo(before));
        assertThat(count("session_rating", shopper)).isEqualTo(1);
        assertThat(count("session_draft", shopper)).isEqualTo(1);

        // The log goes on where it was, and a restore again changes nothing of it.
        var next = shopper.say(sid, "and on");
        assertThat(operator("POST", "/" + name + "/restore")
                        .send()
                        .json("meta", "whole")
                        .asBoolean())
                .isTrue();
        assertThat(shopper.ids(sid, "?limit=200")).hasSize(13).endsWith(next);
    }

    @Test
    void whoHasAnotherSessionByNowGetsTheOldOneBackAsClosed() {
        var shopper = Shopper.alone(port);
        var old = shopper.session();
        shopper.say(old, "before");
        awaitArchived(shopper, 1);
        var name = operator("POST", "").send().json("data", "id").asString();
        empty(shopper);
        var young = shopper.session();

        assertThat(operator("POST", "/" + name + "/restore")
                        .send()
                        .json("meta", "whole")
                        .asBoolean())
                .isTrue();

        assertThat(young).isNotEqualTo(old);
        assertThat(owner(shopper, old)).isEqualTo("closed");
        assertThat(owner(shopper, young)).isEqualTo("bot");
    }

    @Test
    void whatWasErasedSinceDoesNotComeBack() {
        var shopper = Shopper.alone(port);
        var sid = shopper.session();
        shopper.say(sid, "a secret");
        String id = "g-" + UUID.randomUUID();
        var guest = new Shopper(shopper.base(), shopper.shop(), id, TestIssuers.guest(shopper.shop(), id));
        var guests = guest.session();
        guest.say(guests, "as a guest");
        shopper.call("PATCH", "/api/v1/bot/sessions/" + guests)
                .json("{\"guest_token\":\"" + guest.token() + "\"}")
                .send();
        assertThat(shopper.call("POST", "/api/v1/bot/sessions/" + sid + "/rating")
                        .json("{\"score\":1,\"comment\":\"my name is Li\"}")
                        .send()
                        .status())
                .isEqualTo(200);
        var neighbour = Shopper.in(shopper.base(), shopper.shop());
        var theirs = neighbour.say(neighbour.session(), "mine comes back");
        awaitArchived(shopper, 3);
        var name = operator("POST", "").send().json("data", "id").asString();
        assertThat(HttpCall.of("DELETE", shopper.base() + "/api/v1/users/" + shopper.id())
                        .bearer(TestIssuers.merchant(shopper.shop()))
                        .send()
                        .status())
                .isEqualTo(200);
        jdbc.update("DELETE FROM message WHERE shop_id = ?", shopper.shop());

        var restored = operator("POST", "/" + name + "/restore").send();

        assertThat(restored.json("meta", "whole").asBoolean())
                .as(restored.toString())
                .isTrue();
        assertThat(restored.json("data", "attributes", "left_out", "message").asLong())
                .isGreaterThanOrEqualTo(2);
        assertThat(shopper.call("GET", "/api/v1/bot/sessions/" + sid).send().status())
                .isEqualTo(404);
        var mine = neighbour.session();
        assertThat(neighbour.ids(mine, "")).containsExactly(theirs);
        for (var table : List.of("message", "session")) {
            assertThat(jdbc.queryForList(
                            "SELECT DISTINCT user_id FROM " + table + " WHERE shop_id = ?",
                            String.class,
                            shopper.shop()))
                    .as(table)
                    .containsExactly(neighbour.key().name());
        }
        assertThat(count("session_rating", shopper)).isZero();
        assertThat(count("guest_alias", shopper)).isZero();
    }

    @Test
    void aBackupThatWasRenamedIsNotTakenForAnother() {
        var store = new DirectoryStore(directory);
        run.make(store, "2026-11-25", () -> {});
        store.put(
                "2026-11-26",
                Manifest.OBJECT,
                store.get("2026-11-25", Manifest.OBJECT).orElseThrow());

        assertThatThrownBy(() -> restore.restore(store, "2026-11-26", () -> {}))
                .isInstanceOf(UnreadableBackup.class)
                .hasMessageContaining("is the backup 2026-11-25: give it that name back");
    }

    @Test
    void theOtherServicesAreToldOfShopsThatCameBack() {
        var shopper = Shopper.alone(port);
        var store = new DirectoryStore(directory);
        run.make(store, "2026-11-25", () -> {});
        jdbc.update("DELETE FROM shop WHERE shop_id = ?", shopper.shop());
        jdbc.update("DELETE FROM outbox WHERE record_key = ?", shopper.shop());

        assertThat(restore.restore(store, "2026-11-25", () -> {}).isWhole()).isTrue();

        assertThat(jdbc.queryForObject(
                        "SELECT COUNT(*) FROM outbox WHERE topic = 'shop.settings' AND record_key = ?",
                        Long.class,
                        shopper.shop()))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{}",
                "{\"format\":1,\"complete\":true}",
                "{\"format\":1,\"name\":\"n\",\"started_at\":\"2026-11-25T00:00:00Z\",\"since\":"
                        + "\"2026-11-18T00:00:00Z\",\"complete\":true,\"parts\":[{\"object\":\"00001-a.ndjson.gz\","
                        + "\"rows\":1,\"sha256\":\"00\",\"table\":\"SOMETHING\"}]}",
                "{\"format\":1,\"name\":\"n\",\"started_at\":\"2026-11-25T00:00:00Z\",\"since\":"
                        + "\"2026-11-18T00:00:00Z\",\"complete\":true,\"parts\":[{\"object\":\"../../secret\","
                        + "\"rows\":1,\"sha256\":\"00\",\"table\":\"SHOP\"}]}"
            })
    void aManifestOfSomethingElseIsRefusedAndHoldsNoBackupUp(String manifest) {
        var store = new DirectoryStore(directory);
        store.put("2026-11-26", Manifest.OBJECT, manifest.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> restore.restore(store, "2026-11-26", () -> {}))
                .isInstanceOf(UnreadableBackup.class)
                .hasMessageContaining("damaged");
        var made = backups(store, "node", fixed(Instant.parse("2026-10-01T00:00:00Z")));
        made.makeDue();
        assertThat(made.newestFirst()).hasSize(1);
    }

    private static String owner(Shopper shopper, String sid) {
        var reply = shopper.call("GET", "/api/v1/bot/sessions/" + sid).send();
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json("data", "attributes", "owner").asString();
    }

    @Test
    void aDamagedPartIsRefused() {
        Shopper.alone(port);
        var name = operator("POST", "").send().json("data", "id").asString();
        try (var client = S3.client()) {
            client.putObject(
                    put -> put.bucket(S3Server.BUCKET).key("suite/one/" + name + "/00001-shop.ndjson.gz"),
                    RequestBody.fromString("nothing of the kind"));
        }

        var refused = operator("POST", "/" + name + "/restore").send();

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.json("detail").asString()).contains("damaged");
        assertThat(operator("POST", "/2020-01-01/restore").send().status()).isEqualTo(404);
        assertThat(operator("POST", "/..%2Fother/restore").send().status()).isBetween(400, 404);
    }

    @Test
    void operatorsAloneReachBackups() {
        for (var token : List.of(TestIssuers.merchant("1001"), TestIssuers.chat("1001", "li"))) {
            assertThat(HttpCall.post("http://localhost:" + port + "/operator/backups")
                            .bearer(token)
                            .send()
                            .status())
                    .isEqualTo(403);
        }
        assertThat(HttpCall.get("http://localhost:" + port + "/operator/backups")
                        .send()
                        .status())
                .isEqualTo(401);
    }

    private void empty(Shopper shopper) {
        for (var table : RoamingTable.values()) {
            jdbc.update("DELETE FROM " + table.table() + " WHERE shop_id = ?", shopper.shop());
        }
        RealServers.flushRedis();
    }
}

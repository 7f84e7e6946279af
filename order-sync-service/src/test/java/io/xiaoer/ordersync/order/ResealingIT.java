package io.xiaoer.ordersync.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.crypto.KeysUnavailable;
import io.xiaoer.common.crypto.KeysetSource;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.problem.ProblemCode;
import io.xiaoer.common.problem.ProblemException;
import io.xiaoer.common.resealing.Resealing;
import io.xiaoer.common.resealing.ResealingMeters;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.MadeOrder;
import io.xiaoer.ordersync.OrderService;
import io.xiaoer.ordersync.cache.CardChanges;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Receivers come under the key that writes now, whatever happens meanwhile.
@OrderService
class ResealingIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Receiver RECEIVER = new Receiver("李雷", "13812345678", "上海市长宁区某路 12 号");

    private final ShopId shop = new ShopId("k-" + UUID.randomUUID().toString().substring(0, 8));
    private final String id = MadeOrder.id();
    private final OrderMapper mapper;
    private final FieldHash hash;
    private final FieldCipher cipher;
    private final KeysetSource keys;
    private final CardChanges cardChanges;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ResealingMeters meters = new ResealingMeters(registry);

    @Autowired
    ResealingIT(
            OrderMapper mapper,
            FieldHash hash,
            FieldCipher cipher,
            KeysetSource keys,
            CardChanges cardChanges,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.mapper = mapper;
        this.hash = hash;
        this.cipher = cipher;
        this.keys = keys;
        this.cardChanges = cardChanges;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    void freeLease() {
        jdbc.sql("UPDATE outbox_lease SET until_at = '2000-01-01' WHERE name = 'resealing'")
                .update();
    }

    @Test
    void aRowUnderAnOlderKeyComesUnderTheNewOneAndReadsTheSame() throws Exception {
        var newer = new FieldCipher(() -> with(keys.keyset()));
        put(cipher);
        assertThat(receiverKey()).isEqualTo(cipher.keyName());

        sweepUntilUnder(newer);

        assertThat(shown(newer)).isEqualTo(RECEIVER.masked());
        assertThat(registry.get("xiaoer.fields.rows.older").gauge().value()).isZero();
        // Back, over the other side of the key's name, so that the service itself reads what other tests wrote.
        sweepUntilUnder(writingOld(newer));
        assertThat(shown(cipher)).isEqualTo(RECEIVER.masked());
    }

    @Test
    void whatSomebodyChangedMeanwhileIsNotOverwritten() {
        put(cipher);
        var row = row();
        var changed = new Receiver("韩梅梅", "13900000000", "北京");
        put(cipher, changed);

        var fresh = SealedReceiver.reseal(row, cipher, hash);
        assertThat(Tenant.call(shop, () -> mapper.reseal(row, fresh))).isFalse();

        assertThat(shown(cipher)).isEqualTo(changed.masked());
    }

    @Test
    void aNumberIsFoundThroughAChangeOfTheKeyOfItsHash() {
        var before = hashKey((byte) 1);
        var after = hashKey((byte) 2);
        var changing = new FieldHash(after, before);
        transaction.executeWithoutResult(
                status -> new Orders(mapper, cipher, new FieldHash(before), cardChanges).put(shop, order(RECEIVER)));

        assertThat(foundBy(changing)).hasSize(1);
        assertThat(foundBy(new FieldHash(after))).isEmpty();
        var row = row();
        assertThat(Tenant.call(shop, () -> mapper.reseal(row, SealedReceiver.reseal(row, cipher, changing))))
                .isTrue();
        assertThat(foundBy(new FieldHash(after))).hasSize(1);
        assertThat(shown(cipher)).isEqualTo(RECEIVER.masked());
    }

    private List<Order> foundBy(FieldHash with) {
        var phone = Phone.lookedFor("phone", "138 1234 5678");
        return new Orders(mapper, cipher, with, cardChanges)
                .list(shop, new OrderQuery(null, phone, null, null, null, null, 5));
    }

    private static String hashKey(byte each) {
        var key = new byte[32];
        Arrays.fill(key, each);
        return Base64.getEncoder().encodeToString(key);
    }

    @Test
    void whoDoesNotHoldTheLeaseDoesNothing() {
        put(cipher);
        jdbc.sql("UPDATE outbox_lease SET holder = 'other', until_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR"
                        + " WHERE name = 'resealing'")
                .update();
        resealing(new FieldCipher(() -> with(keys.keyset()))).sweep();
        assertThat(receiverKey()).isEqualTo(cipher.keyName());
    }

    @Test
    void aRowThatNoKeyOpensStaysAndIsTold() {
        put(cipher);
        jdbc.sql("UPDATE orders SET receiver_phone = UNHEX('0100000000AABBCC') WHERE shop_id = ? AND id = ?")
                .params(shop.value(), id)
                .update();

        await().atMost(PATIENCE).until(() -> {
            freeLease();
            resealing(cipher).sweep();
            return registry.find("xiaoer.fields.unreadable").counter() != null;
        });
        jdbc.sql("DELETE FROM orders WHERE shop_id = ?").param(shop.value()).update();
    }

    @Test
    void withoutKeysAnOrderIsReadWithoutItsReceiverAndItsReceiverIsUnavailable() {
        put(cipher);
        var keyless = new Orders(
                mapper,
                new FieldCipher(() -> {
                    throw new KeysUnavailable("away for this test", null);
                }),
                hash,
                cardChanges);

        assertThat(keyless.findMasked(shop, id).orElseThrow().receiver()).isNull();
        assertThat(keyless.listMasked(shop, new OrderQuery(null, null, null, null, null, null, 5)))
                .hasSize(1);
        assertThatThrownBy(() -> keyless.findWithReceiver(shop, id))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code()).isEqualTo(ProblemCode.UNAVAILABLE));
        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> keyless.put(shop, order(RECEIVER))))
                .isInstanceOf(ProblemException.class);
    }

    /// The service sweeps too and may have the lease for a moment.
    private void sweepUntilUnder(FieldCipher with) {
        await().atMost(PATIENCE).until(() -> {
            freeLease();
            resealing(with).sweep();
            return Arrays.equals(receiverKey(), with.keyName());
        });
    }

    private Resealing resealing(FieldCipher with) {
        return new Resealing(List.of(new SealedReceivers(mapper, hash)), with, jdbc, meters);
    }

    private static KeysetHandle with(KeysetHandle keyset) {
        return NEWER.computeIfAbsent(keyset, known -> {
            try {
                return KeysetHandle.newBuilder(known)
                        .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                                .withRandomId()
                                .makePrimary())
                        .build();
            } catch (java.security.GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static final Map<KeysetHandle, KeysetHandle> NEWER = new java.util.concurrent.ConcurrentHashMap<>();

    /// Reads with both keys, and writes with the one that the service writes with.
    private FieldCipher writingOld(FieldCipher newer) throws Exception {
        assertThat(newer.keyName()).isNotEqualTo(cipher.keyName());
        var known = with(keys.keyset());
        var both = KeysetHandle.newBuilder(known);
        for (int at = 0; at < known.size(); at++) {
            if (known.getAt(at).getId() == keys.keyset().getPrimary().getId()) {
                both.getAt(at).makePrimary();
            }
        }
        var built = both.build();
        return new FieldCipher(() -> built);
    }

    private void put(FieldCipher with) {
        put(with, RECEIVER);
    }

    private void put(FieldCipher with, Receiver receiver) {
        transaction.executeWithoutResult(
                status -> new Orders(mapper, with, hash, cardChanges).put(shop, order(receiver)));
    }

    private Order order(Receiver receiver) {
        var at = Instant.parse("2026-11-01T00:00:00Z");
        var item = new Item("s", "t", Map.of(), 1, new Money(1, "CNY"));
        return new Order(id, "u", OrderStatus.PAID, at, at, new Money(1, "CNY"), List.of(item), receiver, null);
    }

    private Receiver shown(FieldCipher with) {
        return java.util.Objects.requireNonNull(new Orders(mapper, with, hash, cardChanges)
                .findWithReceiver(shop, id)
                .orElseThrow()
                .receiver());
    }

    private byte[] receiverKey() {
        return jdbc.sql("SELECT receiver_key FROM orders WHERE shop_id = ? AND id = ?")
                .params(shop.value(), id)
                .query(byte[].class)
                .single();
    }

    private SealedRow row() {
        return jdbc.sql("SELECT receiver_key, receiver_name, receiver_phone, receiver_address FROM orders"
                        + " WHERE shop_id = ? AND id = ?")
                .params(shop.value(), id)
                .query((row, at) ->
                        new SealedRow(shop, id, row.getBytes(1), row.getBytes(2), row.getBytes(3), row.getBytes(4)))
                .single();
    }
}

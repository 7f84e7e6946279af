package io.xiaoer.ordersync.command;

import com.alibaba.fastjson2.JSON;
import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.id.SnowflakeIds;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.resealing.SealedTable;
import io.xiaoer.common.tenant.Tenant;
import io.xiaoer.ordersync.order.Bulk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What was written into commands, in MariaDB, table `command`, column `words`: encrypted for its own row, and in no
/// record and no answer. An outcome that shows the reason of an after-sale to its shopper carries it, and Kafka keeps
/// that for 7 days. It goes when the shopper of the order is erased, else with the command.
@Component
public class CommandWords implements SealedTable<CommandWords.Row> {
    private static final String TABLE = "command";

    private final CommandMapper commands;
    private final FieldCipher cipher;
    private final FieldHash hash;

    CommandWords(CommandMapper commands, FieldCipher cipher, FieldHash hash) {
        this.commands = commands;
        this.cipher = cipher;
        this.hash = hash;
    }

    /// What was written into a command, and the order that it is about.
    public record Written(String order, Words words) {}

    /// The encrypted part of a row.
    @SuppressWarnings("ArrayRecordComponent") // carried between mapper and sweep, never compared
    record Row(ShopId shopId, String id, byte[] wordsKey, byte[] words) implements SealedTable.Row {
        @Override
        public byte[] key() {
            return wordsKey;
        }
    }

    /// For the handler of a command.
    public Words of(Asked asked) {
        return find(asked.shop(), asked.id()).map(Written::words).orElse(Words.NONE);
    }

    /// Empty if the shop has no such command, or it is about no order; nothing is written into such a one.
    public Optional<Written> find(ShopId shop, String id) {
        if (!SnowflakeIds.isId(id)) {
            return Optional.empty();
        }
        return Optional.ofNullable(Tenant.call(shop, () -> commands.written(shop, id)))
                .map(found -> new Written(found.orderId(), open(shop, id, found.words())));
    }

    /// Forgets what was written into the commands about these orders that were accepted until this moment.
    public void forget(ShopId shop, List<String> orders, Instant until) {
        Bulk.each(orders, some -> Tenant.run(shop, () -> commands.forgetWords(shop, some, until)));
    }

    /// The commands about these orders.
    public List<String> about(ShopId shop, List<String> orders) {
        var ids = new ArrayList<String>();
        Bulk.each(orders, some -> ids.addAll(Tenant.call(shop, () -> commands.about(shop, some))));
        return ids;
    }

    byte @Nullable [] seal(ShopId shop, String id, @Nullable Words words) {
        return words == null ? null : cipher.encrypt(JSON.toJSONString(words), address(shop, id));
    }

    /// The same for whoever repeats the same words, and nothing that tells them.
    String fingerprint(ShopId shop, Words words) {
        return HexFormat.of()
                .formatHex(Objects.requireNonNull(hash.of(shop.value() + ":words", JSON.toJSONString(words))));
    }

    private Words open(ShopId shop, String id, byte @Nullable [] sealed) {
        var text = cipher.decrypt(sealed, address(shop, id));
        return text == null ? Words.NONE : JSON.parseObject(text, Words.class);
    }

    private static FieldAddress address(ShopId shop, String id) {
        return new FieldAddress(TABLE, List.of(shop.value(), id), "words");
    }

    @Override
    public String name() {
        return TABLE;
    }

    @Override
    public List<Row> underOlder(OlderKey wanted) {
        return commands.underOlder(wanted);
    }

    @Override
    public int countOlder(byte[] key, int most) {
        return commands.countOlder(key, most);
    }

    @Override
    public boolean reseal(Row row, FieldCipher with) {
        var address = address(row.shopId(), row.id());
        return commands.reseal(row, with.encrypt(with.decrypt(row.words(), address), address));
    }
}

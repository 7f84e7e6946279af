package io.xiaoer.ordersync.order;

import io.xiaoer.common.crypto.FieldAddress;
import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.FieldHash;
import io.xiaoer.common.id.ShopId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A receiver on the way into and out of the table: each field encrypted for its own row and column.
@SuppressWarnings("ArrayRecordComponent") // carried to the mapper, never compared
record SealedReceiver(
        byte @Nullable [] name, byte @Nullable [] phone, byte @Nullable [] address, byte @Nullable [] phoneHash) {

    static SealedReceiver seal(
            ShopId shop, String order, @Nullable Receiver receiver, FieldCipher cipher, FieldHash hash) {
        if (receiver == null) {
            return new SealedReceiver(null, null, null, null);
        }
        return new SealedReceiver(
                cipher.encrypt(receiver.name(), address(shop, order, "receiver_name")),
                cipher.encrypt(receiver.phone(), address(shop, order, "receiver_phone")),
                cipher.encrypt(receiver.address(), address(shop, order, "receiver_address")),
                hash(shop, receiver.phone(), hash));
    }

    private static byte @Nullable [] hash(ShopId shop, @Nullable String phone, FieldHash hash) {
        return hash(shop, phone == null ? null : Phone.of(phone).orElse(null), hash);
    }

    /// What rows of this number are found by; null for none.
    static byte @Nullable [] hash(ShopId shop, @Nullable Phone phone, FieldHash hash) {
        return hash.of(purpose(shop), phone == null ? null : phone.digits());
    }

    /// What rows of this number are found by whose hash is under the key before.
    static byte @Nullable [] previousHash(ShopId shop, @Nullable Phone phone, FieldHash hash) {
        return hash.ofPrevious(purpose(shop), phone == null ? null : phone.digits());
    }

    private static String purpose(ShopId shop) {
        return shop.value() + ":phone";
    }

    /// The same receiver under the keys that write now.
    static SealedReceiver reseal(SealedRow row, FieldCipher cipher, FieldHash hash) {
        var phone = cipher.decrypt(row.receiverPhone(), address(row.shopId(), row.id(), "receiver_phone"));
        return new SealedReceiver(
                anew(row.receiverName(), address(row.shopId(), row.id(), "receiver_name"), cipher),
                cipher.encrypt(phone, address(row.shopId(), row.id(), "receiver_phone")),
                anew(row.receiverAddress(), address(row.shopId(), row.id(), "receiver_address"), cipher),
                hash(row.shopId(), phone, hash));
    }

    private static byte @Nullable [] anew(byte @Nullable [] sealed, FieldAddress address, FieldCipher cipher) {
        return cipher.encrypt(cipher.decrypt(sealed, address), address);
    }

    /// The receiver of a row; null if none of its fields is there.
    static @Nullable Receiver open(OrderRow row, FieldCipher cipher) {
        var receiver = new Receiver(
                cipher.decrypt(row.receiverName(), address(row.shopId(), row.id(), "receiver_name")),
                cipher.decrypt(row.receiverPhone(), address(row.shopId(), row.id(), "receiver_phone")),
                cipher.decrypt(row.receiverAddress(), address(row.shopId(), row.id(), "receiver_address")));
        boolean empty = receiver.name() == null && receiver.phone() == null && receiver.address() == null;
        return empty ? null : receiver;
    }

    private static FieldAddress address(ShopId shop, String order, String column) {
        return new FieldAddress("orders", List.of(shop.value(), order), column);
    }
}

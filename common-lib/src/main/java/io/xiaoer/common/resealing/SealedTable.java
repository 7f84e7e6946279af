package io.xiaoer.common.resealing;

import io.xiaoer.common.crypto.FieldCipher;
import io.xiaoer.common.crypto.UnreadableField;
import io.xiaoer.common.id.ShopId;
import java.util.List;

/// A table with encrypted fields, as it is gone through. Its statements read the rows of all shops.
///
/// @param <R> its rows
public interface SealedTable<R extends SealedTable.Row> {

    /// The encrypted part of a row.
    interface Row {

        ShopId shopId();

        /// What tells it from others of its shop.
        String id();

        /// The name of the key that its fields are under; no key's name if they are under several.
        byte[] key();
    }

    /// Its name, for metrics and the log.
    String name();

    /// The rows that are wanted, in the order of key, shop and id.
    List<R> underOlder(OlderKey wanted);

    /// How many rows are under another key, counted no further than `most` on each side of it.
    int countOlder(byte[] key, int most);

    /// Encrypts the fields of a row anew, if they are still those that were read; says whether they were. The caller
    /// works for the row's shop.
    ///
    /// @throws UnreadableField if no key opens one of them
    boolean reseal(R row, FieldCipher cipher);
}

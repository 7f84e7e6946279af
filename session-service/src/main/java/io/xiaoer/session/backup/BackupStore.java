package io.xiaoer.session.backup;

import java.util.List;
import java.util.Optional;

/// Where backups are kept: objects of a few megabytes, named `<backup>/<object>`. Writing an object replaces it whole.
interface BackupStore {

    /// Keeps an object.
    ///
    /// @throws StoreAway if the store does not take it
    void put(String backup, String object, byte[] bytes);

    /// An object, if there is one.
    ///
    /// @throws StoreAway if the store does not answer
    Optional<byte[]> get(String backup, String object);

    /// The names of all backups, complete or not, in no order.
    ///
    /// @throws StoreAway if the store does not answer
    List<String> backups();

    /// Deletes a backup with all of its objects, the manifest first, so that a half deleted one is none.
    ///
    /// @throws StoreAway if the store does not answer
    void delete(String backup);

    /// The store cannot be reached or refuses. What was asked may be asked again.
    final class StoreAway extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoreAway(String what, Throwable cause) {
            super(what, cause);
        }
    }
}

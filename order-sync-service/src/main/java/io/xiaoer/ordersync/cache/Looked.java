package io.xiaoer.ordersync.cache;

import java.util.Map;

/// What the cache had when it was asked.
///
/// @param lease under which what is missing may be kept; empty if nothing may
/// @param found parts by name; one that is not kept has no entry
/// @param said  whether Redis answered at all
public record Looked(String lease, Map<String, KeptPart> found, boolean said) {

    /// Nothing is known, and nothing may be kept.
    static final Looked NOTHING = new Looked("", Map.of(), false);
}

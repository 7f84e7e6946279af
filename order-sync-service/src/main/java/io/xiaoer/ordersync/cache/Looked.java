package io.xiaoer.ordersync.cache;

import java.util.Map;

/// What the cache had when it was asked.
///
/// @param lease under which what is missing may be kept once it was read; empty if nothing may
/// @param found all parts of the shopper by name; one that is not kept has no entry
/// @param said  whether Redis answered at all
public record Looked(String lease, Map<String, KeptPart> found, boolean said) {

    /// Nothing is known, and nothing may be kept.
    public static final Looked NOTHING = new Looked("", Map.of(), false);
}

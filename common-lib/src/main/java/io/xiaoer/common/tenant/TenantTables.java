package io.xiaoer.common.tenant;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The tables of a service's schema: those with a `shop_id`, and those that belong to no shop. A table in
/// neither set cannot be used at all.
///
/// @param tenant names of tables whose rows belong to shops, in lower case
/// @param shared names of tables without a shop, in lower case
public record TenantTables(Set<String> tenant, Set<String> shared) {

    /// @throws IllegalArgumentException if a table is declared as both
    public TenantTables {
        tenant = Set.copyOf(tenant);
        shared = Set.copyOf(shared);
        if (tenant.stream().anyMatch(shared::contains)) {
            throw new IllegalArgumentException("a table is either a shop's or shared");
        }
    }

    /// All given tables have a `shop_id`; nothing is shared.
    public static TenantTables of(String... tenant) {
        return new TenantTables(Set.of(tenant), Set.of());
    }

    /// The tables of both, for a service whose packages declare their own.
    public TenantTables and(TenantTables other) {
        return new TenantTables(union(tenant, other.tenant), union(shared, other.shared));
    }

    private static Set<String> union(Set<String> one, Set<String> two) {
        return Stream.concat(one.stream(), two.stream()).collect(Collectors.toUnmodifiableSet());
    }
}

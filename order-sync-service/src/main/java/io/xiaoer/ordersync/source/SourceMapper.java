package io.xiaoer.ordersync.source;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.resealing.OlderKey;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The tables `order_source` and `source_note`.
@Mapper
interface SourceMapper {

    String COLUMNS = "shop_id, name, events_id, platform, address, secret, previous_secret, previous_until,"
            + " access_token, told_until, next_poll_at, succeeded_at, failures, failure, created_at, updated_at";

    @Select("SELECT " + COLUMNS + " FROM order_source WHERE shop_id = #{shop} AND name = #{name}")
    @Nullable
    SourceRow find(@Param("shop") ShopId shop, @Param("name") String name);

    /// Holds the row until the transaction ends.
    @Select("SELECT " + COLUMNS + " FROM order_source WHERE shop_id = #{shop} AND name = #{name} FOR UPDATE")
    @Nullable
    SourceRow lock(@Param("shop") ShopId shop, @Param("name") String name);

    @CrossTenant(
            reason = "A platform calls without a token: the shop is known by the address and proven by the signature")
    @Select("SELECT " + COLUMNS + " FROM order_source WHERE events_id = #{id}")
    @Nullable
    SourceRow byEvents(@Param("id") String id);

    @CrossTenant(reason = "The poller asks the platforms of all shops")
    @Select("SELECT " + COLUMNS + " FROM order_source WHERE next_poll_at <= #{now} AND lease_until <= #{now}"
            + " ORDER BY next_poll_at LIMIT #{limit}")
    List<SourceRow> due(@Param("now") Instant now, @Param("limit") int limit);

    @CrossTenant(reason = "Lag and failures are measured over the platforms of all shops")
    @Select("SELECT COUNT(CASE WHEN failures > 0 THEN 1 END) AS failing,"
            + " MIN(COALESCE(succeeded_at, created_at)) AS oldest FROM order_source WHERE next_poll_at IS NOT NULL")
    SourceMeters.Standing standing();

    @Select("SELECT COUNT(*) FROM order_source WHERE shop_id = #{shop}")
    int count(@Param("shop") ShopId shop);

    @Insert("INSERT INTO order_source (" + COLUMNS + ", lease_holder, lease_until) VALUES (#{shopId}, #{name},"
            + " #{eventsId}, #{platform}, #{address}, #{secret}, #{previousSecret}, #{previousUntil}, #{accessToken},"
            + " #{toldUntil}, #{nextPollAt}, #{succeededAt}, #{failures}, #{failure}, #{createdAt}, #{updatedAt},"
            + " '', #{createdAt})")
    void insert(SourceRow source);

    /// Changes what a merchant sets, and has it polled at once.
    @Update("UPDATE order_source SET address = #{address}, secret = #{secret}, previous_secret = #{previousSecret},"
            + " previous_until = #{previousUntil}, access_token = #{accessToken}, told_until = #{toldUntil},"
            + " next_poll_at = #{nextPollAt}, updated_at = #{updatedAt} WHERE shop_id = #{shopId} AND name = #{name}")
    void update(SourceRow source);

    /// Takes the lease from the turn under way, which moves the cursor no more.
    @Update(
            "UPDATE order_source SET lease_holder = '', lease_until = #{now} WHERE shop_id = #{shop} AND name = #{name}")
    void endTurn(@Param("shop") ShopId shop, @Param("name") String name, @Param("now") Instant now);

    @Delete("DELETE FROM order_source WHERE shop_id = #{shop} AND name = #{name}")
    boolean delete(@Param("shop") ShopId shop, @Param("name") String name);

    @Update("UPDATE order_source SET lease_holder = #{holder}, lease_until = #{until}"
            + " WHERE shop_id = #{shop} AND name = #{name} AND next_poll_at <= #{now} AND lease_until <= #{now}")
    boolean claim(
            @Param("shop") ShopId shop,
            @Param("name") String name,
            @Param("holder") String holder,
            @Param("now") Instant now,
            @Param("until") Instant until);

    /// Where the next turn begins, null if none has moved it there yet.
    @Select("SELECT asked_from FROM order_source WHERE shop_id = #{shop} AND name = #{name}")
    @Nullable
    Instant askedFrom(@Param("shop") ShopId shop, @Param("name") String name);

    /// Has the next turn begin there.
    @Update("UPDATE order_source SET asked_from = #{from} WHERE shop_id = #{shop} AND name = #{name}")
    void askFrom(@Param("shop") ShopId shop, @Param("name") String name, @Param("from") Instant from);

    /// Moves the cursor and the beginning of the next turn, neither backwards, and renews the lease;
    /// false for who has lost it.
    ///
    /// @param from where the next turn begins, null to leave it
    @Update("UPDATE order_source SET told_until = GREATEST(told_until, #{newest}),"
            + " asked_from = COALESCE(GREATEST(asked_from, #{from}), #{from}, asked_from), lease_until = #{until}"
            + " WHERE shop_id = #{shop} AND name = #{name} AND lease_holder = #{holder}")
    boolean advance(
            @Param("shop") ShopId shop,
            @Param("name") String name,
            @Param("holder") String holder,
            @Param("newest") Instant newest,
            @Param("from") @Nullable Instant from,
            @Param("until") Instant until);

    /// Ends a turn that came to its end, and gives the lease back.
    @Update("UPDATE order_source SET succeeded_at = #{now}, failures = 0, failure = NULL, next_poll_at = #{next},"
            + " lease_holder = '', lease_until = #{now}"
            + " WHERE shop_id = #{shop} AND name = #{name} AND lease_holder = #{holder}")
    boolean succeed(
            @Param("shop") ShopId shop,
            @Param("name") String name,
            @Param("holder") String holder,
            @Param("now") Instant now,
            @Param("next") Instant next);

    /// Ends a turn before its end, and gives the lease back.
    @Update("UPDATE order_source SET failures = #{failures}, failure = #{failure}, next_poll_at = #{next},"
            + " lease_holder = '', lease_until = #{now}"
            + " WHERE shop_id = #{shop} AND name = #{name} AND lease_holder = #{holder}")
    boolean breakOff(
            @Param("shop") ShopId shop,
            @Param("name") String name,
            @Param("holder") String holder,
            @Param("failures") int failures,
            @Param("failure") @Nullable String failure,
            @Param("now") Instant now,
            @Param("next") Instant next);

    @Select("SELECT COUNT(*) FROM source_note WHERE shop_id = #{shop} AND source = #{name} AND kind = #{kind}"
            + " AND digest = #{digest}")
    boolean isNoted(
            @Param("shop") ShopId shop,
            @Param("name") String name,
            @Param("kind") String kind,
            @Param("digest") byte[] digest);

    @CrossTenant(reason = "The sweep encrypts the secrets of all shops anew")
    @Select("SELECT shop_id, name, secrets_key, secret, previous_secret, access_token FROM order_source"
            + " WHERE secrets_key >= #{afterKey} AND (secrets_key > #{afterKey} OR shop_id > #{afterShop}"
            + " OR (shop_id = #{afterShop} AND name > #{afterId})) AND secrets_key < #{until}"
            + " ORDER BY secrets_key, shop_id, name LIMIT #{limit}")
    List<SealedSecrets.Row> underOlder(OlderKey wanted);

    @CrossTenant(reason = "A figure over all shops, for metrics")
    @Select("SELECT COUNT(*) FROM ((SELECT 1 FROM order_source WHERE secrets_key < #{key} LIMIT #{most})"
            + " UNION ALL (SELECT 1 FROM order_source WHERE secrets_key > #{key} LIMIT #{most})) older")
    int countOlder(@Param("key") byte[] key, @Param("most") int most);

    /// Replaces the encrypted fields if they are still those that were read; says whether they were.
    @Update("UPDATE order_source SET secret = #{fresh.secret}, previous_secret = #{fresh.previousSecret},"
            + " access_token = #{fresh.accessToken} WHERE shop_id = #{row.shopId} AND name = #{row.name}"
            + " AND secret = #{row.secret} AND previous_secret <=> #{row.previousSecret}"
            + " AND access_token <=> #{row.accessToken}")
    boolean reseal(@Param("row") SealedSecrets.Row row, @Param("fresh") SealedSecrets.Row fresh);

    /// Says whether it was not noted before.
    @Insert("INSERT IGNORE INTO source_note (shop_id, source, kind, digest, noted_at)"
            + " VALUES (#{shop}, #{name}, #{kind}, #{digest}, #{now})")
    boolean note(
            @Param("shop") ShopId shop,
            @Param("name") String name,
            @Param("kind") String kind,
            @Param("digest") byte[] digest,
            @Param("now") Instant now);

    @Delete("DELETE FROM source_note WHERE shop_id = #{shop} AND source = #{name}")
    void forgetNotes(@Param("shop") ShopId shop, @Param("name") String name);

    @CrossTenant(reason = "The sweeper forgets the old notes of all shops")
    @Delete("DELETE FROM source_note WHERE noted_at < #{before} LIMIT #{limit}")
    int forget(@Param("before") Instant before, @Param("limit") int limit);
}

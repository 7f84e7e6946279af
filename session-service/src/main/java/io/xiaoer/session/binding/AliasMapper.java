package io.xiaoer.session.binding;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.util.List;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The statements on `guest_alias`, and those by which the rows of `session` change hands.
@Mapper
interface AliasMapper {

    String COLUMNS = "shop_id, guest_id, user_id, tried_at, done";

    @Select("SELECT " + COLUMNS + " FROM guest_alias WHERE shop_id = #{shop} AND guest_id = #{guest}")
    @Nullable
    AliasRow find(@Param("shop") ShopId shop, @Param("guest") String guest);

    /// Holds back whoever would write this row, until the transaction ends.
    @Select("SELECT " + COLUMNS + " FROM guest_alias WHERE shop_id = #{shop} AND guest_id = #{guest} FOR UPDATE")
    @Nullable
    AliasRow lock(@Param("shop") ShopId shop, @Param("guest") String guest);

    @Select("SELECT " + COLUMNS + " FROM guest_alias WHERE shop_id = #{shop} AND user_id = #{user}")
    List<AliasRow> findOf(@Param("shop") ShopId shop, @Param("user") String user);

    @Insert("""
            INSERT INTO guest_alias (shop_id, guest_id, user_id, bound_at, tried_at, done)
            VALUES (#{shop}, #{guest}, #{user}, #{now}, #{now}, FALSE)""")
    int insert(
            @Param("shop") ShopId shop,
            @Param("guest") String guest,
            @Param("user") String user,
            @Param("now") long now);

    @Select("SELECT id, owner, number, holder FROM session WHERE shop_id = #{shop} AND open_user = #{user} FOR UPDATE")
    @Nullable
    OpenRow lockOpen(@Param("shop") ShopId shop, @Param("user") String user);

    @Update("""
            UPDATE session SET owner = 'CLOSED', open_user = NULL, holder = NULL, holder_name = NULL,
              number = number + 1, queued_at = NULL, queue_rank = NULL,
              changed_at = #{now}, changed_how = 'CLOSED', changed_by = NULL, ended_at = #{now}, pending = TRUE
            WHERE shop_id = #{shop} AND id = #{id}""")
    int close(@Param("shop") ShopId shop, @Param("id") long id, @Param("now") long now);

    @Update("UPDATE session SET open_user = #{user} WHERE shop_id = #{shop} AND open_user = #{guest}")
    int giveOpen(@Param("shop") ShopId shop, @Param("guest") String guest, @Param("user") String user);

    @Update("UPDATE session SET user_id = #{user} WHERE shop_id = #{shop} AND user_id = #{guest}")
    int giveAll(@Param("shop") ShopId shop, @Param("guest") String guest, @Param("user") String user);

    @Update("UPDATE session SET turn = #{turn} WHERE shop_id = #{shop} AND id = #{id}")
    int setTurn(@Param("shop") ShopId shop, @Param("id") long id, @Param("turn") long turn);

    @Select("SELECT id FROM session WHERE shop_id = #{shop} AND user_id = #{user} ORDER BY id DESC LIMIT 200")
    List<Long> newestSessions(@Param("shop") ShopId shop, @Param("user") String user);

    @Update("UPDATE guest_alias SET done = TRUE WHERE shop_id = #{shop} AND guest_id = #{guest}")
    int markDone(@Param("shop") ShopId shop, @Param("guest") String guest);

    @Update("""
            UPDATE guest_alias SET tried_at = #{now}
            WHERE shop_id = #{shop} AND guest_id = #{guest} AND tried_at = #{seen} AND done = FALSE""")
    int claim(
            @Param("shop") ShopId shop, @Param("guest") String guest, @Param("seen") long seen, @Param("now") long now);

    @CrossTenant(reason = "the sweeper finishes what a crash left, whichever shop it was for")
    @Select("SELECT " + COLUMNS + " FROM guest_alias WHERE done = FALSE AND tried_at < #{before}"
            + " ORDER BY tried_at LIMIT 100")
    List<AliasRow> findUnfinished(@Param("before") long before);
}

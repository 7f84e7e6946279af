package io.xiaoer.ordersync.command;

import io.xiaoer.common.id.ShopId;
import io.xiaoer.common.tenant.CrossTenant;
import java.time.Instant;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;
import org.jspecify.annotations.Nullable;

/// The table `command`.
@Mapper
interface CommandMapper {
    String COLUMNS =
            "shop_id, id, kind, user_id, arguments, requested_by, status, reason, outcome, created_at, updated_at";

    @Insert("""
            INSERT INTO command (shop_id, id, kind, user_id, arguments, requested_by, status, created_at, updated_at)
            VALUES (#{shopId}, #{id}, #{kind}, #{userId}, #{arguments}, #{requestedBy}, #{status}, #{createdAt},
                    #{updatedAt})""")
    void insert(Command command);

    @Select("SELECT " + COLUMNS + " FROM command WHERE shop_id = #{shop} AND id = #{id}")
    @Nullable
    Command find(@Param("shop") ShopId shop, @Param("id") String id);

    /// Holds the row until the transaction ends.
    @Select("SELECT " + COLUMNS + " FROM command WHERE shop_id = #{shop} AND id = #{id} FOR UPDATE")
    @Nullable
    Command lock(@Param("shop") ShopId shop, @Param("id") String id);

    /// Changes the status if it is still `from`; says whether it was.
    @Update("""
            UPDATE command SET status = #{to}, reason = #{reason}, outcome = #{outcome}, updated_at = #{now}
            WHERE shop_id = #{shop} AND id = #{id} AND status = #{from}""")
    boolean change(
            @Param("shop") ShopId shop,
            @Param("id") String id,
            @Param("from") CommandStatus from,
            @Param("to") CommandStatus to,
            @Param("reason") @Nullable String reason,
            @Param("outcome") @Nullable String outcome,
            @Param("now") Instant now);

    @CrossTenant(reason = "The sweeper forgets the old commands of all shops")
    @Delete("DELETE FROM command WHERE status = #{status} AND updated_at < #{before} LIMIT #{limit}")
    int forget(@Param("status") CommandStatus status, @Param("before") Instant before, @Param("limit") int limit);
}

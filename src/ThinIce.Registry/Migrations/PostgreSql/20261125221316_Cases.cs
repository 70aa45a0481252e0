using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ThinIce.Registry.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class Cases : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "case_id",
                table: "messages",
                type: "uuid",
                nullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "client_id",
                table: "complaints",
                type: "uuid",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "uuid");

            migrationBuilder.AddColumn<byte[]>(
                name: "contact",
                table: "complaints",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<double>(
                name: "cases_a_day",
                table: "clinics",
                type: "double precision",
                nullable: false,
                defaultValue: 0.0);

            migrationBuilder.AddColumn<bool>(
                name: "no_reports",
                table: "clinics",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "case_pairs",
                columns: table => new
                {
                    one_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_id = table.Column<Guid>(type: "uuid", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    score = table.Column<double>(type: "double precision", nullable: true),
                    comparison = table.Column<string>(type: "text", nullable: false),
                    clinic_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_pairs", x => new { x.one_id, x.other_id });
                });

            migrationBuilder.CreateTable(
                name: "cases",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    reporter = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    state_before = table.Column<string>(type: "text", nullable: true),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    receipt_id = table.Column<Guid>(type: "uuid", nullable: true),
                    receipt_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    words = table.Column<byte[]>(type: "bytea", nullable: true),
                    contact = table.Column<byte[]>(type: "bytea", nullable: true),
                    reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    written_by = table.Column<Guid>(type: "uuid", nullable: true),
                    is_about_several = table.Column<bool>(type: "boolean", nullable: false),
                    age_years = table.Column<double>(type: "double precision", nullable: true),
                    age_group = table.Column<string>(type: "text", nullable: true),
                    sex = table.Column<string>(type: "text", nullable: true),
                    massage_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    massage_precision = table.Column<string>(type: "text", nullable: true),
                    event_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    event_precision = table.Column<string>(type: "text", nullable: true),
                    country = table.Column<string>(type: "text", nullable: true),
                    harms = table.Column<string>(type: "text", nullable: false),
                    symptoms = table.Column<string>(type: "text", nullable: false),
                    regions = table.Column<string>(type: "text", nullable: false),
                    techniques = table.Column<string>(type: "text", nullable: false),
                    devices = table.Column<string>(type: "text", nullable: false),
                    provider = table.Column<string>(type: "text", nullable: true),
                    pressure = table.Column<string>(type: "text", nullable: true),
                    minutes = table.Column<double>(type: "double precision", nullable: true),
                    massages_before = table.Column<int>(type: "integer", nullable: true),
                    cross_reference = table.Column<string>(type: "text", nullable: true),
                    patient_id = table.Column<Guid>(type: "uuid", nullable: true),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    alert_id = table.Column<Guid>(type: "uuid", nullable: true),
                    import_id = table.Column<Guid>(type: "uuid", nullable: true),
                    urgency = table.Column<string>(type: "text", nullable: false),
                    @class = table.Column<string>(name: "class", type: "text", nullable: false),
                    completeness = table.Column<double>(type: "double precision", nullable: false),
                    expected = table.Column<string>(type: "text", nullable: true),
                    knowledge = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    escalates_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    level = table.Column<int>(type: "integer", nullable: false),
                    assignee_id = table.Column<Guid>(type: "uuid", nullable: true),
                    draft = table.Column<byte[]>(type: "bytea", nullable: true),
                    answer = table.Column<byte[]>(type: "bytea", nullable: true),
                    released_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    released_by = table.Column<Guid>(type: "uuid", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    report = table.Column<byte[]>(type: "bytea", nullable: true),
                    cleared = table.Column<string>(type: "text", nullable: false),
                    redacted = table.Column<string>(type: "text", nullable: true),
                    redacted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    erased_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    clinic_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cases", x => x.case_id);
                });

            migrationBuilder.CreateTable(
                name: "case_assessments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rater_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    category = table.Column<string>(type: "text", nullable: false),
                    answers = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: true),
                    is_consensus = table.Column<bool>(type: "boolean", nullable: false),
                    clinic_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_assessments", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_assessments_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_codes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    spans = table.Column<string>(type: "text", nullable: false),
                    is_suggested = table.Column<bool>(type: "boolean", nullable: false),
                    decision = table.Column<string>(type: "text", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    knowledge = table.Column<string>(type: "text", nullable: false),
                    clinic_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_codes", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_codes_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_conflicts",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    staff_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    clinic_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_conflicts", x => new { x.case_id, x.staff_id });
                    table.ForeignKey(
                        name: "FK_case_conflicts_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order = table.Column<int>(type: "integer", nullable: false),
                    code = table.Column<string>(type: "text", nullable: true),
                    facts = table.Column<string>(type: "text", nullable: false),
                    is_dropped = table.Column<bool>(type: "boolean", nullable: false),
                    clinic_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_events", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_events_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    words = table.Column<byte[]>(type: "bytea", nullable: true),
                    clinic_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_case_notes", x => x.id);
                    table.ForeignKey(
                        name: "FK_case_notes_cases_case_id",
                        column: x => x.case_id,
                        principalTable: "cases",
                        principalColumn: "case_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_case_id",
                table: "messages",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_assessments_case_id",
                table: "case_assessments",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_assessments_clinic_id",
                table: "case_assessments",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_codes_case_id",
                table: "case_codes",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_codes_clinic_id",
                table: "case_codes",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_conflicts_case_id",
                table: "case_conflicts",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_conflicts_clinic_id",
                table: "case_conflicts",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_events_case_id",
                table: "case_events",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_events_clinic_id",
                table: "case_events",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_notes_case_id",
                table: "case_notes",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_notes_clinic_id",
                table: "case_notes",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_case_pairs_clinic_id",
                table: "case_pairs",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id",
                table: "cases",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id_cross_reference",
                table: "cases",
                columns: new[] { "clinic_id", "cross_reference" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id_number",
                table: "cases",
                columns: new[] { "clinic_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_cases_clinic_id_state",
                table: "cases",
                columns: new[] { "clinic_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_cases_patient_id",
                table: "cases",
                column: "patient_id");

            migrationBuilder.CreateIndex(
                name: "IX_cases_receipt_hash",
                table: "cases",
                column: "receipt_hash",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "case_assessments");

            migrationBuilder.DropTable(
                name: "case_codes");

            migrationBuilder.DropTable(
                name: "case_conflicts");

            migrationBuilder.DropTable(
                name: "case_events");

            migrationBuilder.DropTable(
                name: "case_notes");

            migrationBuilder.DropTable(
                name: "case_pairs");

            migrationBuilder.DropTable(
                name: "cases");

            migrationBuilder.DropIndex(
                name: "IX_messages_case_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "case_id",
                table: "messages");

            migrationBuilder.DropColumn(
                name: "contact",
                table: "complaints");

            migrationBuilder.DropColumn(
                name: "cases_a_day",
                table: "clinics");

            migrationBuilder.DropColumn(
                name: "no_reports",
                table: "clinics");

            migrationBuilder.AlterColumn<Guid>(
                name: "client_id",
                table: "complaints",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "uuid",
                oldNullable: true);
        }
    }
}

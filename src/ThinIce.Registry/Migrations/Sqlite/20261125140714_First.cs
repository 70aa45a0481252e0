using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ThinIce.Registry.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class First : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "alert_recipients",
                columns: table => new
                {
                    alert_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    staff_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alert_recipients", x => new { x.alert_id, x.staff_id });
                });

            migrationBuilder.CreateTable(
                name: "bundle_bytes",
                columns: table => new
                {
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    bytes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bundle_bytes", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "bundles",
                columns: table => new
                {
                    version = table.Column<string>(type: "TEXT", nullable: false),
                    sha256 = table.Column<byte[]>(type: "BLOB", nullable: false),
                    kept_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_bundles", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "chain_heads",
                columns: table => new
                {
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chain_heads", x => x.clinic_id);
                });

            migrationBuilder.CreateTable(
                name: "clients",
                columns: table => new
                {
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: true),
                    email = table.Column<byte[]>(type: "BLOB", nullable: true),
                    phone = table.Column<byte[]>(type: "BLOB", nullable: true),
                    birth_date = table.Column<byte[]>(type: "BLOB", nullable: true),
                    external = table.Column<byte[]>(type: "BLOB", nullable: true),
                    email_index = table.Column<byte[]>(type: "BLOB", nullable: true),
                    phone_index = table.Column<byte[]>(type: "BLOB", nullable: true),
                    external_index = table.Column<byte[]>(type: "BLOB", nullable: true),
                    person_index = table.Column<byte[]>(type: "BLOB", nullable: true),
                    age_band = table.Column<int>(type: "INTEGER", nullable: true),
                    sex = table.Column<string>(type: "TEXT", nullable: true),
                    no_email = table.Column<bool>(type: "INTEGER", nullable: false),
                    no_text = table.Column<bool>(type: "INTEGER", nullable: false),
                    pressure_wish = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    erased_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clients", x => x.client_id);
                });

            migrationBuilder.CreateTable(
                name: "clinics",
                columns: table => new
                {
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    country = table.Column<string>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    quiet_to = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    sample_probability = table.Column<double>(type: "REAL", nullable: false),
                    control_probability = table.Column<double>(type: "REAL", nullable: false),
                    escalate_minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    minimum_sessions = table.Column<int>(type: "INTEGER", nullable: false),
                    retention_years = table.Column<int>(type: "INTEGER", nullable: false),
                    link_days = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clinics", x => x.clinic_id);
                });

            migrationBuilder.CreateTable(
                name: "cover_hours",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    day = table.Column<string>(type: "TEXT", nullable: false),
                    from = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    to = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_cover_hours", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "erasures",
                columns: table => new
                {
                    erased = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_erasures", x => x.erased);
                });

            migrationBuilder.CreateTable(
                name: "events",
                columns: table => new
                {
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    number = table.Column<long>(type: "INTEGER", nullable: false),
                    type = table.Column<string>(type: "TEXT", nullable: false),
                    act = table.Column<Guid>(type: "TEXT", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    actor_kind = table.Column<string>(type: "TEXT", nullable: false),
                    actor_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    subject = table.Column<Guid>(type: "TEXT", nullable: true),
                    salt = table.Column<byte[]>(type: "BLOB", nullable: true),
                    commitment = table.Column<byte[]>(type: "BLOB", nullable: false),
                    payload = table.Column<byte[]>(type: "BLOB", nullable: true),
                    is_sealed = table.Column<bool>(type: "INTEGER", nullable: false),
                    payload_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    hash = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_events", x => new { x.clinic_id, x.number });
                });

            migrationBuilder.CreateTable(
                name: "import_rejects",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    line = table.Column<int>(type: "INTEGER", nullable: false),
                    code = table.Column<string>(type: "TEXT", nullable: false),
                    field = table.Column<string>(type: "TEXT", nullable: false),
                    raw = table.Column<byte[]>(type: "BLOB", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_import_rejects", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "imports",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    file_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    rows = table.Column<int>(type: "INTEGER", nullable: false),
                    added = table.Column<int>(type: "INTEGER", nullable: false),
                    known = table.Column<int>(type: "INTEGER", nullable: false),
                    rejected = table.Column<int>(type: "INTEGER", nullable: false),
                    undone_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_imports", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    staff_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    alert_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    link_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    channel = table.Column<string>(type: "TEXT", nullable: false),
                    template = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    not_before = table.Column<DateTime>(type: "TEXT", nullable: false),
                    not_after = table.Column<DateTime>(type: "TEXT", nullable: false),
                    hand_overs = table.Column<int>(type: "INTEGER", nullable: false),
                    deferrals = table.Column<int>(type: "INTEGER", nullable: false),
                    sent_again = table.Column<bool>(type: "INTEGER", nullable: false),
                    holder = table.Column<string>(type: "TEXT", nullable: true),
                    held_until = table.Column<DateTime>(type: "TEXT", nullable: true),
                    sent_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "person_keys",
                columns: table => new
                {
                    subject = table.Column<Guid>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    master = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_person_keys", x => x.subject);
                });

            migrationBuilder.CreateTable(
                name: "staff",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<byte[]>(type: "BLOB", nullable: true),
                    email = table.Column<byte[]>(type: "BLOB", nullable: true),
                    email_index = table.Column<byte[]>(type: "BLOB", nullable: true),
                    left_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_staff", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "staff_roles",
                columns: table => new
                {
                    staff_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role = table.Column<string>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_staff_roles", x => new { x.staff_id, x.role });
                });

            migrationBuilder.CreateTable(
                name: "system_keys",
                columns: table => new
                {
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    wrapped = table.Column<byte[]>(type: "BLOB", nullable: false),
                    master = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_system_keys", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "alerts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    answer_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    therapist_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    urgency = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    raised_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    escalates_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    level = table.Column<int>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    seen_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    closed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    outcome = table.Column<string>(type: "TEXT", nullable: true),
                    note = table.Column<byte[]>(type: "BLOB", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_alerts", x => x.id);
                    table.ForeignKey(
                        name: "FK_alerts_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "answers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    given_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    hours_after = table.Column<double>(type: "REAL", nullable: true),
                    all_fine = table.Column<bool>(type: "INTEGER", nullable: false),
                    asked = table.Column<byte[]>(type: "BLOB", nullable: true),
                    answered = table.Column<byte[]>(type: "BLOB", nullable: true),
                    complaints = table.Column<string>(type: "TEXT", nullable: false),
                    new_or_worse = table.Column<int>(type: "INTEGER", nullable: true),
                    care_state = table.Column<string>(type: "TEXT", nullable: false),
                    care = table.Column<string>(type: "TEXT", nullable: true),
                    benefit_state = table.Column<string>(type: "TEXT", nullable: false),
                    benefit = table.Column<bool>(type: "INTEGER", nullable: true),
                    benefit_words = table.Column<byte[]>(type: "BLOB", nullable: true),
                    urgency = table.Column<string>(type: "TEXT", nullable: false),
                    undetermined = table.Column<bool>(type: "INTEGER", nullable: false),
                    suspected = table.Column<string>(type: "TEXT", nullable: false),
                    knowledge = table.Column<string>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_answers", x => x.id);
                    table.ForeignKey(
                        name: "FK_answers_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    therapist_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    starts_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    minutes = table.Column<int>(type: "INTEGER", nullable: false),
                    service = table.Column<byte[]>(type: "BLOB", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    walk_in = table.Column<bool>(type: "INTEGER", nullable: false),
                    external_index = table.Column<byte[]>(type: "BLOB", nullable: true),
                    import_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appointments", x => x.id);
                    table.ForeignKey(
                        name: "FK_appointments_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    about_staff_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    therapist_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    words = table.Column<byte[]>(type: "BLOB", nullable: true),
                    wants_call = table.Column<bool>(type: "INTEGER", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    made_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    seen_by = table.Column<Guid>(type: "TEXT", nullable: true),
                    note = table.Column<byte[]>(type: "BLOB", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_complaints", x => x.id);
                    table.ForeignKey(
                        name: "FK_complaints_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "contacts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    series_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    wave = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closes_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    asked_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_contacts", x => x.id);
                    table.ForeignKey(
                        name: "FK_contacts_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "courses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    goal = table.Column<byte[]>(type: "BLOB", nullable: true),
                    agreed_sessions = table.Column<int>(type: "INTEGER", nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closed_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_courses", x => x.id);
                    table.ForeignKey(
                        name: "FK_courses_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "holds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: false),
                    lifted_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holds", x => x.id);
                    table.ForeignKey(
                        name: "FK_holds_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "intakes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    appointment_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    words = table.Column<byte[]>(type: "BLOB", nullable: true),
                    coded = table.Column<string>(type: "TEXT", nullable: false),
                    knowledge = table.Column<string>(type: "TEXT", nullable: false),
                    consent_state = table.Column<string>(type: "TEXT", nullable: false),
                    consent = table.Column<bool>(type: "INTEGER", nullable: true),
                    pain_state = table.Column<string>(type: "TEXT", nullable: false),
                    pain = table.Column<int>(type: "INTEGER", nullable: true),
                    function_state = table.Column<string>(type: "TEXT", nullable: false),
                    function = table.Column<int>(type: "INTEGER", nullable: true),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    sent_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intakes", x => x.id);
                    table.ForeignKey(
                        name: "FK_intakes_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "links",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    purpose = table.Column<string>(type: "TEXT", nullable: false),
                    token_hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    appointment_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    contact_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    used_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    wrong_tries = table.Column<int>(type: "INTEGER", nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_links", x => x.id);
                    table.ForeignKey(
                        name: "FK_links_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "redactions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: false),
                    cleared_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_redactions", x => x.id);
                    table.ForeignKey(
                        name: "FK_redactions_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "scores",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    course_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    order = table.Column<int>(type: "INTEGER", nullable: false),
                    pain_state = table.Column<string>(type: "TEXT", nullable: false),
                    pain = table.Column<int>(type: "INTEGER", nullable: true),
                    function_state = table.Column<string>(type: "TEXT", nullable: false),
                    function = table.Column<int>(type: "INTEGER", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_scores", x => x.id);
                    table.ForeignKey(
                        name: "FK_scores_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "series",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    session_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    kind = table.Column<string>(type: "TEXT", nullable: false),
                    inclusion_probability = table.Column<double>(type: "REAL", nullable: false),
                    state = table.Column<string>(type: "TEXT", nullable: false),
                    opened_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ended_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_series", x => x.id);
                    table.ForeignKey(
                        name: "FK_series_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    therapist_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    appointment_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    intake_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    course_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    started_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    recorded_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    prior_sessions = table.Column<int>(type: "INTEGER", nullable: false),
                    asked = table.Column<byte[]>(type: "BLOB", nullable: true),
                    answered = table.Column<byte[]>(type: "BLOB", nullable: true),
                    coded = table.Column<string>(type: "TEXT", nullable: false),
                    plan = table.Column<string>(type: "TEXT", nullable: false),
                    performed = table.Column<string>(type: "TEXT", nullable: true),
                    findings = table.Column<string>(type: "TEXT", nullable: false),
                    decision = table.Column<string>(type: "TEXT", nullable: false),
                    undetermined = table.Column<bool>(type: "INTEGER", nullable: false),
                    knowledge = table.Column<string>(type: "TEXT", nullable: false),
                    program = table.Column<string>(type: "TEXT", nullable: false),
                    advice = table.Column<string>(type: "TEXT", nullable: false),
                    instead = table.Column<byte[]>(type: "BLOB", nullable: true),
                    stopped = table.Column<string>(type: "TEXT", nullable: true),
                    noticed = table.Column<byte[]>(type: "BLOB", nullable: true),
                    price = table.Column<decimal>(type: "TEXT", precision: 12, scale: 2, nullable: true),
                    follow_up = table.Column<string>(type: "TEXT", nullable: false),
                    inclusion_probability = table.Column<double>(type: "REAL", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false),
                    clinic_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    client_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_sessions", x => x.id);
                    table.ForeignKey(
                        name: "FK_sessions_clients_client_id",
                        column: x => x.client_id,
                        principalTable: "clients",
                        principalColumn: "client_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_alert_recipients_client_id",
                table: "alert_recipients",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_alert_recipients_clinic_id",
                table: "alert_recipients",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_alerts_client_id",
                table: "alerts",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_alerts_clinic_id",
                table: "alerts",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_alerts_clinic_id_state",
                table: "alerts",
                columns: new[] { "clinic_id", "state" });

            migrationBuilder.CreateIndex(
                name: "IX_answers_client_id",
                table: "answers",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_answers_clinic_id",
                table: "answers",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_answers_contact_id",
                table: "answers",
                column: "contact_id");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_client_id",
                table: "appointments",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_clinic_id",
                table: "appointments",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_clinic_id_external_index",
                table: "appointments",
                columns: new[] { "clinic_id", "external_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appointments_clinic_id_starts_at",
                table: "appointments",
                columns: new[] { "clinic_id", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "IX_bundles_clinic_id",
                table: "bundles",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_clients_clinic_id",
                table: "clients",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_clients_clinic_id_email_index",
                table: "clients",
                columns: new[] { "clinic_id", "email_index" });

            migrationBuilder.CreateIndex(
                name: "IX_clients_clinic_id_external_index",
                table: "clients",
                columns: new[] { "clinic_id", "external_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_clients_clinic_id_person_index",
                table: "clients",
                columns: new[] { "clinic_id", "person_index" });

            migrationBuilder.CreateIndex(
                name: "IX_complaints_client_id",
                table: "complaints",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_complaints_clinic_id",
                table: "complaints",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_contacts_client_id",
                table: "contacts",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_contacts_clinic_id",
                table: "contacts",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_contacts_clinic_id_state_due_at",
                table: "contacts",
                columns: new[] { "clinic_id", "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "IX_contacts_series_id_wave",
                table: "contacts",
                columns: new[] { "series_id", "wave" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_courses_client_id",
                table: "courses",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_courses_clinic_id",
                table: "courses",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_cover_hours_clinic_id",
                table: "cover_hours",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_erasures_clinic_id",
                table: "erasures",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_events_subject",
                table: "events",
                column: "subject");

            migrationBuilder.CreateIndex(
                name: "IX_holds_client_id",
                table: "holds",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_holds_clinic_id",
                table: "holds",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_import_rejects_clinic_id",
                table: "import_rejects",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_import_rejects_import_id",
                table: "import_rejects",
                column: "import_id");

            migrationBuilder.CreateIndex(
                name: "IX_imports_clinic_id",
                table: "imports",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_intakes_appointment_id",
                table: "intakes",
                column: "appointment_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_intakes_client_id",
                table: "intakes",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_intakes_clinic_id",
                table: "intakes",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_links_client_id",
                table: "links",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_links_clinic_id",
                table: "links",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_links_token_hash",
                table: "links",
                column: "token_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_messages_client_id",
                table: "messages",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_messages_clinic_id",
                table: "messages",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_messages_clinic_id_state_not_before",
                table: "messages",
                columns: new[] { "clinic_id", "state", "not_before" });

            migrationBuilder.CreateIndex(
                name: "one_message_a_contact",
                table: "messages",
                column: "contact_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_redactions_client_id",
                table: "redactions",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_redactions_clinic_id",
                table: "redactions",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_scores_client_id",
                table: "scores",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_scores_clinic_id",
                table: "scores",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_scores_course_id_order",
                table: "scores",
                columns: new[] { "course_id", "order" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_series_clinic_id",
                table: "series",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "one_open_series_a_person",
                table: "series",
                column: "client_id",
                unique: true,
                filter: "state = 'Open'");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_appointment_id",
                table: "sessions",
                column: "appointment_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_sessions_client_id",
                table: "sessions",
                column: "client_id");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_clinic_id",
                table: "sessions",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_sessions_clinic_id_started_at",
                table: "sessions",
                columns: new[] { "clinic_id", "started_at" });

            migrationBuilder.CreateIndex(
                name: "IX_staff_clinic_id",
                table: "staff",
                column: "clinic_id");

            migrationBuilder.CreateIndex(
                name: "IX_staff_clinic_id_email_index",
                table: "staff",
                columns: new[] { "clinic_id", "email_index" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_staff_roles_clinic_id",
                table: "staff_roles",
                column: "clinic_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "alert_recipients");

            migrationBuilder.DropTable(
                name: "alerts");

            migrationBuilder.DropTable(
                name: "answers");

            migrationBuilder.DropTable(
                name: "appointments");

            migrationBuilder.DropTable(
                name: "bundle_bytes");

            migrationBuilder.DropTable(
                name: "bundles");

            migrationBuilder.DropTable(
                name: "chain_heads");

            migrationBuilder.DropTable(
                name: "clinics");

            migrationBuilder.DropTable(
                name: "complaints");

            migrationBuilder.DropTable(
                name: "contacts");

            migrationBuilder.DropTable(
                name: "courses");

            migrationBuilder.DropTable(
                name: "cover_hours");

            migrationBuilder.DropTable(
                name: "erasures");

            migrationBuilder.DropTable(
                name: "events");

            migrationBuilder.DropTable(
                name: "holds");

            migrationBuilder.DropTable(
                name: "import_rejects");

            migrationBuilder.DropTable(
                name: "imports");

            migrationBuilder.DropTable(
                name: "intakes");

            migrationBuilder.DropTable(
                name: "links");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "person_keys");

            migrationBuilder.DropTable(
                name: "redactions");

            migrationBuilder.DropTable(
                name: "scores");

            migrationBuilder.DropTable(
                name: "series");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "staff");

            migrationBuilder.DropTable(
                name: "staff_roles");

            migrationBuilder.DropTable(
                name: "system_keys");

            migrationBuilder.DropTable(
                name: "clients");
        }
    }
}

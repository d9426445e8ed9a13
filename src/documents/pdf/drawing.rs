//! Lines and shapes, in the coordinates of a strip or a page: points from its left edge and downward
//! from its upper edge.

use super::tree::NodeId;

/// How far a control point lies from the end of a quarter circle, as a share of the radius.
const QUARTER: f32 = 0.552_28;

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// Begins a figure.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A curve: two control points and its end.
    Curve([[f32; 2]; 3]),
    /// Back to the beginning of the figure.
    Close,
}

/// A path with the way it is drawn.
#[derive(Debug, Clone)]
pub(super) struct Drawing {
    /// Its steps.
    pub(super) path: Vec<Step>,
    /// Thickness of its line in points; none: no line.
    pub(super) stroke: Option<f32>,
    /// Grey inside it, 1 is white; none: nothing.
    pub(super) fill: Option<f32>,
    /// Dashes instead of a line.
    pub(super) dashed: bool,
    /// The figure it is part of and its place in reading order; none: mere ornament.
    pub(super) part_of: Option<(NodeId, u32)>,
}

/// An upright box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Area {
    /// Left edge.
    pub(super) x: f32,
    /// Upper edge.
    pub(super) y: f32,
    /// Width.
    pub(super) width: f32,
    /// Height.
    pub(super) height: f32,
}

impl Area {
    /// Made smaller by so much on each side.
    pub(super) fn inset(self, by: f32) -> Self {
        Self {
            x: self.x + by,
            y: self.y + by,
            width: (self.width - 2.0 * by).max(0.0),
            height: (self.height - 2.0 * by).max(0.0),
        }
    }

    /// Right edge.
    pub(super) fn right(self) -> f32 {
        self.x + self.width
    }

    /// Lower edge.
    pub(super) fn foot(self) -> f32 {
        self.y + self.height
    }
}

impl Drawing {
    fn new(path: Vec<Step>) -> Self {
        Self { path, stroke: None, fill: None, dashed: false, part_of: None }
    }

    /// A line through points.
    pub(super) fn line(points: &[[f32; 2]], thickness: f32) -> Self {
        Self { stroke: Some(thickness), ..Self::new(open(points)) }
    }

    /// The outline of a polygon.
    pub(super) fn polygon(points: &[[f32; 2]], thickness: f32) -> Self {
        let mut path = open(points);
        path.push(Step::Close);
        Self { stroke: Some(thickness), ..Self::new(path) }
    }

    /// The outline of a box.
    pub(super) fn area(area: Area, thickness: f32) -> Self {
        let (right, foot) = (area.right(), area.foot());
        Self::polygon(&[[area.x, area.y], [right, area.y], [right, foot], [area.x, foot]], thickness)
    }

    /// The outline of a box with round corners.
    pub(super) fn rounded(area: Area, radius: f32, thickness: f32) -> Self {
        let r = radius.min(area.width / 2.0).min(area.height / 2.0);
        let k = r * (1.0 - QUARTER);
        let (left, top, right, foot) = (area.x, area.y, area.right(), area.foot());
        let path = vec![
            Step::Move([left + r, top]),
            Step::Line([right - r, top]),
            Step::Curve([[right - k, top], [right, top + k], [right, top + r]]),
            Step::Line([right, foot - r]),
            Step::Curve([[right, foot - k], [right - k, foot], [right - r, foot]]),
            Step::Line([left + r, foot]),
            Step::Curve([[left + k, foot], [left, foot - k], [left, foot - r]]),
            Step::Line([left, top + r]),
            Step::Curve([[left, top + k], [left + k, top], [left + r, top]]),
            Step::Close,
        ];
        Self { stroke: Some(thickness), ..Self::new(path) }
    }

    /// The head of an arrow that ends at `tip`, coming from the direction `from`.
    pub(super) fn arrow_head(tip: [f32; 2], from: [f32; 2], length: f32) -> Self {
        let (dx, dy) = (tip[0] - from[0], tip[1] - from[1]);
        let distance = dx.hypot(dy).max(0.01);
        let (ux, uy) = (dx / distance, dy / distance);
        let (back_x, back_y) = (tip[0] - ux * length, tip[1] - uy * length);
        let half = length * 0.42;
        let wings = [[back_x - uy * half, back_y + ux * half], [back_x + uy * half, back_y - ux * half]];
        let mut path = open(&[tip, wings[0], wings[1]]);
        path.push(Step::Close);
        Self { fill: Some(0.0), ..Self::new(path) }
    }

    /// The box around its points.
    pub(super) fn bounds(&self) -> Area {
        let mut edges: Option<[f32; 4]> = None;
        let mut see = |[x, y]: [f32; 2]| {
            edges = Some(match edges {
                Some([l, t, r, f]) => [l.min(x), t.min(y), r.max(x), f.max(y)],
                None => [x, y, x, y],
            });
        };
        for step in &self.path {
            match step {
                Step::Move(to) | Step::Line(to) => see(*to),
                Step::Curve(points) => points.iter().for_each(|point| see(*point)),
                Step::Close => {}
            }
        }
        let [left, top, right, foot] = edges.unwrap_or_default();
        Area { x: left, y: top, width: right - left, height: foot - top }
    }

    /// With grey inside.
    pub(super) fn tinted(self, grey: f32) -> Self {
        Self { fill: Some(grey), ..self }
    }

    /// With dashes.
    pub(super) fn dashed(self) -> Self {
        Self { dashed: true, ..self }
    }
}

fn open(points: &[[f32; 2]]) -> Vec<Step> {
    let mut path = Vec::with_capacity(points.len() + 1);
    for (at, point) in points.iter().enumerate() {
        path.push(if at == 0 { Step::Move(*point) } else { Step::Line(*point) });
    }
    path
}
